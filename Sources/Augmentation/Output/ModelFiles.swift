import DiffusionPipelines
import DurableFiles
import Faults
public import Foundation

/// The files that models are read from, and what was in them.
///
/// They are hashed beside what is done meanwhile: as a rule they are loaded, so that the disk is read once.
public final class ModelFiles: Sendable {
  /// What the system said of each file before it was hashed; nil for one that was not there.
  private let statuses: [URL: FileStatus?]
  private let hashing: BackgroundTask<[String: String]>
  /// Ends the hashing when nobody waits for it any more.
  private let abandonment = Interruption()

  /// Begins to hash the files of models in folders.
  ///
  /// - Parameters:
  ///   - folders: The models' folders by what they are for, such as `adapter`.
  ///   - interruption: Looked at while reading: weights are large.
  /// - Throws: `CheckpointError` when a folder is missing or has no weights; ``AugmentationError`` when nobody can say what
  ///   a file is.
  public init(of folders: [String: URL], interruption: Interruption) throws {
    var files: [(name: String, url: URL, status: FileStatus?)] = []
    for (role, url) in folders.sorted(by: { $0.key < $1.key }) {
      let paths = try StableDiffusionPipeline.files(ofModelIn: url)
      files += try paths.sorted(by: { $0.key < $1.key }).map { path, file in
        ("\(role)/\(path)", file, try Self.status(of: file))
      }
    }
    statuses = Dictionary(files.map { ($0.url, $0.status) }) { first, _ in first }
    hashing = BackgroundTask { [files, abandonment] in
      try Self.hashes(of: files) {
        try interruption.check()
        try abandonment.check()
      }
    }
  }

  deinit { abandonment.request() }

  /// SHA-256 by `<what for>/<path in the folder>`, as soon as all files are read.
  ///
  /// - Throws: ``AugmentationError`` when a file cannot be read, and when the reading is interrupted.
  public var hashes: [String: String] {
    get throws { try hashing.value() }
  }

  /// A file that several names or models share is read once.
  private static func hashes(
    of files: [(name: String, url: URL, status: FileStatus?)], check: () throws -> Void
  ) throws -> [String: String] {
    var known: [FileStatus: String] = [:]
    return try files.reduce(into: [:]) { hashes, file in
      let hash = try file.status.flatMap { known[$0] } ?? file.url.sha256(check: check)
      hashes[file.name] = hash
      if let status = file.status { known[status] = hash }
    }
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
