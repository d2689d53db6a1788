import DurableFiles
package import Foundation

/// Any key of a JSON object.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

/// Reads a file.
///
/// - Throws: ``CheckpointError`` when the file cannot be read, or is a pointer to one that Git LFS keeps.
package func contents(of url: URL) throws -> Data {
  let file = try WeightsFile(url)
  let bytes = try file.bytes(in: 0..<file.byteCount)
  if bytes.starts(with: GitLFSPointer.beginning) {
    throw CheckpointError(.gitLFSPointer, in: url.path)
  }
  return Data(bytes)
}

/// Decodes a JSON file.
///
/// - Throws: ``CheckpointError`` when the file cannot be read or does not decode.
func decodeJSON<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
  do {
    return try JSONDecoder.python.decode(type, from: contents(of: url))
  } catch let error as DecodingError {
    throw CheckpointError(.configuration(summary(of: error)), in: url.path)
  }
}
