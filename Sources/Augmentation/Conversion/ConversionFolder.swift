import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

/// What decides the result of a conversion, as `conversion.json` has it.
struct ConversionIdentity: Codable, Equatable {
  let layout, from: String
  /// SHA-256 over the names and contents of all images and labels.
  let dataset: String
  let classes: ClassList
}

/// The folder that a conversion writes, and nobody else meanwhile.
final class ConversionFolder: DurableFolder {
  let root: URL
  let files: any OutputFiles
  private let lock: FolderLock
  private static let identityPath = "conversion.json"

  /// Opens a new folder, or one in which the same conversion was started before, and makes it this conversion's.
  ///
  /// - Throws: ``AugmentationError`` when the folder holds something else, another conversion, or one that is still
  ///   going; the folder is untouched then.
  init(at root: URL, for identity: ConversionIdentity, files: any OutputFiles) throws {
    (self.root, self.files) = (root, files)
    try files.makeFolder(root)
    lock = try OutputFolder.lock(root)
    let data = try JSONEncoder.stable.encode(identity)
    if let there = try files.read(root.appendingPathComponent(Self.identityPath)) {
      guard there == data else {
        throw AugmentationError(
          .cannotCreate,
          "\(root.path): this folder holds the conversion of another dataset, or of what this one was, or to another "
            + "layout. Choose another folder.", remedies: [Remedy(.output)])
      }
    } else {
      try OutputFolder.refuse(files.names(in: root) ?? [], in: root)
    }
    do {
      try clearScratch()
      try files.makeFolder(scratch)
      try placeIfNeeded(data, at: Self.identityPath)
    } catch {
      try? clearScratch()
      throw error
    }
  }
}
