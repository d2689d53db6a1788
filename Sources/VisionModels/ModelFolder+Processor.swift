import Checkpoints
import Foundation
import NeuralLayers

extension ModelFolder {
  /// What says how images are prepared for the folder's network.
  static let processorFile = "preprocessor_config.json"

  /// The file's path, for messages.
  var processorPath: String { url.appendingPathComponent(Self.processorFile).path }
}

extension ModelConfiguration {
  /// Reads `preprocessor_config.json` of a network's folder.
  ///
  /// - Throws: `CheckpointError` when there is none, or it asks for something that this engine does not do.
  init(processorOf folder: ModelFolder) throws {
    try self.init(
      json: folder.file(ModelFolder.processorFile), location: folder.processorPath,
      notices: folder.notices)
  }
}
