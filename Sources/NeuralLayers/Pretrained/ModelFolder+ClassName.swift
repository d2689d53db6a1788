public import Checkpoints
import DurableFiles
import Foundation

extension ModelFolder {
  /// What the component's `config.json` says that it configures, see ``ModelClass``; nil when it names nothing.
  ///
  /// - Throws: `CheckpointError` when there is no such file, or it cannot be read.
  public func className() throws -> String? {
    let file = "config.json"
    guard has(file) else {
      throw CheckpointError(
        .inaccessible(
          "there is no \(file) here that says what the model is. Name a model's own folder, which holds it beside the "
            + "weights."), in: url.path)
    }
    do {
      return try JSONDecoder.python.decode(ModelClass.self, from: self.file(file)).name
    } catch let error as DecodingError {
      throw CheckpointError(
        .configuration(summary(of: error)), in: url.appendingPathComponent(file).path)
    }
  }
}
