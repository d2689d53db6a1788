import DurableFiles
import Faults
package import Foundation

/// A folder that is whole at any moment: files are gathered in a scratch folder in it, reach the disk, and only then get
/// their names.
package protocol DurableFolder: Sendable {
  /// The folder.
  var root: URL { get }
  /// The way to the disk.
  var files: any OutputFiles { get }
  /// The folder, in the folder, for files that have not got their names yet.
  var scratch: URL { get }
}

extension DurableFolder {
  /// The place for what is not finished.
  var workshop: URL { root.appendingPathComponent(ShardFolders.parent) }

  /// `.spolvero`.
  package var scratch: URL { workshop }

  /// A place for a file that has no name yet. Its own name may have no room for a suffix.
  func partial(_ number: Int) -> URL { scratch.appendingPathComponent("\(number).partial") }

  /// Puts a whole file in its place, in a folder that is made if needed, or nothing.
  package func place(_ data: Data, at path: String) throws {
    var batch = FileBatch(in: self)
    try batch.place(data, at: path)
    try batch.finish()
  }

  /// Puts a whole file in its place unless another process was first.
  ///
  /// - Returns: The bytes that stand there.
  package func placeFirst(_ data: Data, at path: String) throws -> Data {
    let (partial, destination) = (partial(0), root.appendingPathComponent(path))
    try files.makeFolder(destination.deletingLastPathComponent())
    try files.makeFolder(scratch)
    defer { try? files.remove(partial) }
    try files.write(data, to: partial, for: destination)
    try files.synchronize([partial], for: destination)
    if try files.renameIfFree(partial, to: destination) { return data }
    return try files.read(destination) ?? data
  }

  /// Puts a file in its place unless these very bytes are there already.
  package func placeIfNeeded(_ data: Data, at path: String) throws {
    if try read(path) != data { try place(data, at: path) }
  }

  /// Adds whole lines to a file, or nothing.
  package func append(_ data: Data, at path: String) throws {
    try files.append(data, to: root.appendingPathComponent(path))
  }

  /// The bytes of a file, or nil where none is.
  package func read(_ path: String) throws -> Data? {
    try files.read(root.appendingPathComponent(path))
  }

  /// Whether a file is there with the bytes that have this SHA-256.
  package func holds(_ path: String, sha256: String) throws -> Bool {
    try read(path)?.sha256 == sha256
  }

  /// Removes what a stopped run may have left halfway, and the folder for it unless more is in it.
  package func clearScratch() throws {
    guard try ownsWorkshop() else { return }
    for name in try files.names(in: scratch) ?? [] where name.hasSuffix(".partial") {
      try files.remove(scratch.appendingPathComponent(name))
    }
    for folder in [scratch, workshop] where try files.names(in: folder) == [] {
      try files.remove(folder)
    }
  }

  /// Whether there is a place for what is not finished.
  ///
  /// - Throws: ``AugmentationError`` when something else has its name, such as a link to another folder.
  func ownsWorkshop() throws -> Bool {
    guard let kind = try files.kind(of: workshop) else { return false }
    guard kind == .folder else {
      throw AugmentationError(
        .cannotCreate,
        "\(workshop.path): this name is for a folder of spolvero's own, and something else has it. "
          + "Remove it, or choose another folder.", remedies: [Remedy(.output)])
    }
    return true
  }
}
