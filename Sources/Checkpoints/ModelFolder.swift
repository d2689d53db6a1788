public import Foundation

/// A folder in diffusers' layout: one component with its `config.json` and weights, or a pipeline whose
/// components are its sub-folders.
public struct ModelFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Names a folder.
  ///
  /// - Throws: ``CheckpointError`` when there is no such folder.
  public init(_ url: URL) throws {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw CheckpointError(
        .inaccessible("there is no such folder; expected a model in diffusers' layout"),
        in: url.path)
    }
    self.url = url
  }

  /// Whether the folder has a file or sub-folder of this name.
  public func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
  }

  /// A component of the pipeline, such as `unet`.
  ///
  /// - Throws: ``CheckpointError`` when there is no such sub-folder.
  public func component(_ name: String) throws -> ModelFolder {
    try ModelFolder(url.appendingPathComponent(name, isDirectory: true))
  }

  /// The contents of a file, such as `config.json`.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read.
  public func file(_ name: String) throws -> Data {
    let file = url.appendingPathComponent(name)
    do {
      return try Data(contentsOf: file)
    } catch {
      throw CheckpointError(
        .inaccessible("the file cannot be read: \(error.localizedDescription)"), in: file.path)
    }
  }

  /// The `config.json` of a component; of this folder itself without a name.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read.
  public func config(of component: String? = nil) throws -> Data {
    try (component.map { try self.component($0) } ?? self).file("config.json")
  }

  /// The weights of a component; of this folder itself without a name.
  ///
  /// - Throws: ``CheckpointError`` when there are none, or when they break a rule of their format.
  public func checkpoint(for component: String? = nil) throws -> Checkpoint {
    try Checkpoint((component.map { try self.component($0) } ?? self).weights())
  }

  /// What `model_index.json` says about the pipeline.
  ///
  /// - Throws: ``CheckpointError`` when the folder holds no pipeline.
  public func index() throws -> PipelineIndex {
    try decodeJSON(PipelineIndex.self, at: url.appendingPathComponent("model_index.json"))
  }
}
