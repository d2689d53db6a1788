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

/// The folder that a conversion writes, or the drawing of scribbles, and nobody else meanwhile.
final class ConversionFolder: DurableFolder {
  let root: URL
  let files: any OutputFiles
  private let lock: FolderLock

  /// Opens a new folder, or one in which the same was started before, and makes it this conversion's.
  ///
  /// - Parameters:
  ///   - identity: What decides the result.
  ///   - path: The file in the folder that says it.
  ///   - other: What a folder of another one is said to hold.
  /// - Throws: ``AugmentationError`` when the folder holds something else, another conversion, or one that is still
  ///   going; the folder is untouched then.
  init(
    at root: URL, for identity: some Encodable, in path: String = "conversion.json",
    otherwise other: String =
      "the conversion of another dataset, or of what this one was, or to another layout",
    files: any OutputFiles
  ) throws {
    (self.root, self.files) = (root, files)
    try files.makeFolder(root)
    lock = try OutputFolder.lock(root)
    let data = try JSONEncoder.stable.encode(identity)
    if let there = try files.read(root.appendingPathComponent(path)) {
      guard there == data else {
        throw AugmentationError(
          .cannotCreate,
          "\(root.path): this folder holds \(other). Choose another folder.",
          remedies: [Remedy(.output)])
      }
    } else {
      try OutputFolder.refuse(files.names(in: root) ?? [], in: root)
    }
    do {
      try clearScratch()
      try files.makeFolder(scratch)
      try placeIfNeeded(data, at: path)
    } catch {
      try? clearScratch()
      throw error
    }
  }
}
