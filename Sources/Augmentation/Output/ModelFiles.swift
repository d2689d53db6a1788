import DiffusionPipelines
import DurableFiles
import Faults
public import Foundation

/// The files that models are read from, and what was in them.
public struct ModelFiles: Sendable {
  /// SHA-256 by `<what for>/<path in the folder>`.
  public let hashes: [String: String]
  /// What the system said of each file before it was hashed; nil for one that was not there.
  private let statuses: [URL: FileStatus?]

  /// Hashes the files of models in folders.
  ///
  /// - Parameters:
  ///   - folders: The models' folders by what they are for, such as `adapter`.
  ///   - interruption: Looked at while reading: weights are large.
  /// - Throws: `CheckpointError` when a folder is missing or has no weights; ``AugmentationError`` when a
  ///   file cannot be read.
  public init(of folders: [String: URL], interruption: Interruption) throws {
    var hashes: [String: String] = [:]
    var statuses: [URL: FileStatus?] = [:]
    for (role, url) in folders.sorted(by: { $0.key < $1.key }) {
      let files = try StableDiffusionPipeline.files(ofModelIn: url)
      for (path, file) in files.sorted(by: { $0.key < $1.key }) {
        statuses[file] = try Self.status(of: file)
        hashes["\(role)/\(path)"] = try file.sha256 { try interruption.check() }
      }
    }
    self.hashes = hashes
    self.statuses = statuses
  }

  /// Makes sure that what was read since is what was hashed: call it when the models are loaded.
  ///
  /// - Throws: ``AugmentationError`` naming a file that has changed.
  public func requireUnchanged() throws {
    for (file, status) in statuses.sorted(by: { $0.key.path < $1.key.path })
    where try Self.status(of: file) != status {
      throw AugmentationError(
        .badData,
        "\(file.path): this file has changed while the model was loaded. Leave the model as it is "
          + "while it is used, and give the same command again.")
    }
  }

  private static func status(of file: URL) throws -> FileStatus? {
    try reading(file) { () throws(POSIXError) in try FileStatus(of: file, followingLinks: true) }
  }
}
