import Checkpoints
import DurableFiles
import Foundation

/// Reads single files of a tokenizer.
struct TokenizerFileReader {
  let folder: URL
  /// As in "a CLIP tokenizer".
  let name: String

  func text(_ file: String) throws -> String? {
    try data(file).map { String(decoding: $0, as: UTF8.self) }
  }

  func decode<Value: Decodable>(_ file: String) throws -> Value? {
    try data(file).map { try decode($0, named: file) }
  }

  /// Decodes what has an ``ExactVocabulary`` in it.
  func decodeExactly<Value: Decodable>(_ file: String) throws -> Value? {
    try data(file).map { try decode(ExactVocabulary.standingIn(for: $0), named: file) }
  }

  private func decode<Value: Decodable>(_ data: Data, named file: String) throws -> Value {
    do {
      return try JSONDecoder.python.decode(Value.self, from: data)
    } catch let error as DecodingError {
      throw TokenizerError(
        "\(folder.appending(path: file).path) is not what a \(name) tokenizer has there:"
          + " \(summary(of: error)). Copy the tokenizer folder of the original model.")
    }
  }

  private func data(_ file: String) throws -> Data? {
    let url = folder.appending(path: file)
    return FileManager.default.fileExists(atPath: url.path) ? try contents(of: url) : nil
  }
}
