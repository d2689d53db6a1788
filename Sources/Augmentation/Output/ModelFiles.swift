import Checkpoints
import DiffusionPipelines
import DurableFiles
public import Foundation

/// The files that models are read from, and what was in them.
public struct ModelFiles: Sendable {
  /// SHA-256 by `<what for>/<path in the folder>`.
  public let hashes: [String: String]
  /// What the system said of each file before it was hashed; nil for one that was not there.
  private let statuses: [URL: FileStatus?]

  /// Hashes the files of models in folders.
  ///
  /// Of a folder with `model_index.json`, the configurations, vocabularies and weights in the folders of
  /// the components that paint count; of any other, those in the folder itself.
  ///
  /// - Parameters:
  ///   - folders: The models' folders by what they are for, such as `adapter`.
  ///   - interruption: Looked at while reading: weights are large.
  /// - Throws: `CheckpointError` when a folder is missing; ``AugmentationError`` when it has no weights or
  ///   a file cannot be read.
  public init(of folders: [String: URL], interruption: Interruption) throws {
    var hashes: [String: String] = [:]
    var statuses: [URL: FileStatus?] = [:]
    for (role, url) in folders.sorted(by: { $0.key < $1.key }) {
      let folder = try ModelFolder(url)
      for path in try Self.paths(in: folder) {
        let file = folder.url.appendingPathComponent(path)
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

  private static func paths(in folder: ModelFolder) throws -> [String] {
    let paths =
      folder.has("model_index.json")
      // Single files of all weights that lie beside the components are not read by anyone.
      ? try ["model_index.json"]
        + folder.index().paintingComponents.filter(folder.has).flatMap { component in
          try names(in: folder.component(component)).map { "\(component)/\($0)" }
        }
      : try names(in: folder)
    guard paths.contains(where: { $0.hasSuffix(".safetensors") }) else {
      throw AugmentationError(
        .noInput,
        "\(folder.url.path): there are no weights (*.safetensors) in this folder. Expected a model in "
          + "the layout of diffusers; tools/convert.py makes it from other files.")
    }
    return paths
  }

  private static func names(in folder: ModelFolder) throws -> [String] {
    try reading(folder.url) { () throws(POSIXError) in try namesInFolder(folder.url) ?? [] }
      .filter { ["safetensors", "json", "txt"].contains(URL(fileURLWithPath: $0).pathExtension) }
  }
}
