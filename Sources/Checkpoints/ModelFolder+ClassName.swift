import DurableFiles
import Foundation

extension ModelFolder {
  /// The class that the component's `config.json` names, as diffusers does; nil when it names none.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read.
  public func className() throws -> String? {
    let file = "config.json"
    do {
      return try JSONDecoder.python.decode(ClassName.self, from: self.file(file)).name
    } catch let error as DecodingError {
      throw CheckpointError(
        .configuration(summary(of: error)), in: url.appendingPathComponent(file).path)
    }
  }

  private struct ClassName: Decodable {
    let name: String?
    enum CodingKeys: String, CodingKey { case name = "_class_name" }
  }
}
