public import Foundation

/// A folder in diffusers' layout: one component with its `config.json` and weights, or a pipeline whose
/// components are its sub-folders.
public struct ModelFolder: Sendable {
  /// The folder.
  public let url: URL
  /// What was passed over while this folder and its components were read.
  public let notices: Notices
  /// Called before a tensor is read.
  private let check: @Sendable () throws -> Void

  /// Names a folder, or an entry of Hugging Face's cache, of which the snapshot in use is taken.
  ///
  /// - Parameters:
  ///   - url: The folder.
  ///   - check: Called before each tensor of the folder and its components is read; what it throws ends the
  ///     loading.
  /// - Throws: ``CheckpointError`` when there is no such folder, with what is there instead.
  public init(_ url: URL, check: @escaping @Sendable () throws -> Void = {}) throws {
    try self.init(HubCache.snapshot(of: url) ?? url, notices: Notices(), check: check)
  }

  private init(
    _ url: URL, notices: Notices, check: @escaping @Sendable () throws -> Void
  ) throws {
    try Self.requireFolder(url)
    (self.url, self.notices, self.check) = (url, notices, check)
  }

  /// Whether the folder has a file or sub-folder of this name.
  public func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
  }

  /// A component of the pipeline, such as `unet`.
  ///
  /// - Throws: ``CheckpointError`` when there is no such sub-folder.
  public func component(_ name: String) throws -> ModelFolder {
    try ModelFolder(
      url.appendingPathComponent(name, isDirectory: true), notices: notices, check: check)
  }

  /// The contents of a file, such as `config.json`.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read.
  public func file(_ name: String) throws -> Data {
    try contents(of: url.appendingPathComponent(name))
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
    try Checkpoint((component.map { try self.component($0) } ?? self).weights(), check: check)
  }

  /// What `model_index.json` says about the pipeline.
  ///
  /// - Throws: ``CheckpointError`` when the folder holds no pipeline.
  public func index() throws -> PipelineIndex {
    try decodeJSON(PipelineIndex.self, at: url.appendingPathComponent("model_index.json"))
  }

  /// Says what stands in a folder's place, if there is none.
  private static func requireFolder(_ url: URL) throws {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    if exists && isFolder.boolValue { return }
    guard exists else {
      throw CheckpointError(
        .inaccessible("there is no such folder; expected a model in diffusers' layout"),
        in: url.path)
    }
    let isPart = ["json", "txt"].contains(url.pathExtension)
    throw CheckpointError(
      .noFolder(
        "this is a file; expected a folder in diffusers' layout. "
          + (isPart
            ? "Name the folder that it lies in."
            : "tools/convert.py makes such a folder of a file of weights.")), in: url.path)
  }
}
