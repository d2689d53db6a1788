import Checkpoints
import DiffusionPipelines
public import Foundation

/// The files that models are read from, and what was in them.
public struct ModelFiles: Sendable {
  /// SHA-256 by `<what for>/<path in the folder>`.
  public let hashes: [String: String]
  private let stamps: [URL: FileStamp]

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
    var stamps: [URL: FileStamp] = [:]
    for (role, url) in folders.sorted(by: { $0.key < $1.key }) {
      let folder = try ModelFolder(url)
      for path in try Self.paths(in: folder) {
        let file = folder.url.appendingPathComponent(path)
        stamps[file] = try FileStamp(file)
        hashes["\(role)/\(path)"] = try file.sha256 { try interruption.check() }
      }
    }
    self.hashes = hashes
    self.stamps = stamps
  }

  /// Makes sure that what was read since is what was hashed: call it when the models are loaded.
  ///
  /// - Throws: ``AugmentationError`` naming a file that has changed.
  public func requireUnchanged() throws {
    for (file, stamp) in stamps.sorted(by: { $0.key.path < $1.key.path })
    where try FileStamp(file) != stamp {
      throw AugmentationError(
        .badData,
        "\(file.path): this file has changed while the model was loaded. Leave the model as it is "
          + "while it is used, and give the same command again.")
    }
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
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      .filter { ["safetensors", "json", "txt"].contains(URL(fileURLWithPath: $0).pathExtension) }
  }
}

/// What tells one state of a file from another without reading it.
private struct FileStamp: Equatable {
  private let device, inode: UInt64
  private let size: Int64
  private let modified: [Int]

  init(_ url: URL) throws {
    var status = stat()
    guard unsafe stat(url.path, &status) == 0 else {
      throw AugmentationError(
        .noInput,
        "\(url.path): this file cannot be read (\(unsafe String(cString: strerror(errno)))). Check that "
          + "it exists and its permissions.")
    }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)]
  }
}
