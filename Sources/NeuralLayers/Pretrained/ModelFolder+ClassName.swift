public import Checkpoints
import DurableFiles
import Foundation

extension ModelFolder {
  /// What the component's `config.json` says that it configures, see ``ModelClass``; nil when it names nothing.
  ///
  /// - Throws: `CheckpointError` when the file cannot be read.
  public func className() throws -> String? {
    let file = "config.json"
    do {
      return try JSONDecoder.python.decode(ModelClass.self, from: self.file(file)).name
    } catch let error as DecodingError {
      throw CheckpointError(
        .configuration(summary(of: error)), in: url.appendingPathComponent(file).path)
    }
  }
}
