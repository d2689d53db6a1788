import Foundation

/// What a decoder found wrong, and under which keys.
package func summary(of error: DecodingError) -> String {
  let context: DecodingError.Context
  switch error {
  case .keyNotFound(let key, let found):
    let place = found.codingPath.map { $0.stringValue + "." }.joined()
    return "'\(place)\(key.stringValue)' is missing"
  case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
    context = found
  @unknown default: return "\(error)"
  }
  let path = context.codingPath.map(\.stringValue).joined(separator: ".")
  // The decoder ends its sentence; the message that this becomes a part of does so too.
  let problem = context.debugDescription.trimmingCharacters(in: ["."])
  return path.isEmpty ? problem : "\(path): \(problem)"
}
