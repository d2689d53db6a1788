import Foundation

/// Any key of a JSON object.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

/// What a decoder found wrong, and under which keys.
package func summary(of error: DecodingError) -> String {
  let context: DecodingError.Context
  var missing: [any CodingKey] = []
  switch error {
  case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
    context = found
  case .keyNotFound(let key, let found):
    context = found
    missing = [key]
  @unknown default: return "\(error)"
  }
  let path = (context.codingPath + missing).map(\.stringValue).joined(separator: ".")
  return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
}

/// Decodes a JSON file.
///
/// - Throws: ``CheckpointError`` when the file cannot be read or does not decode.
func decodeJSON<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
  let data: Data
  do {
    data = try Data(contentsOf: url)
  } catch {
    throw CheckpointError(
      .inaccessible("the file cannot be read: \(error.localizedDescription)"), in: url.path)
  }
  do {
    return try JSONDecoder().decode(type, from: data)
  } catch let error as DecodingError {
    throw CheckpointError(.configuration(summary(of: error)), in: url.path)
  }
}
