import Foundation

/// A vocabulary of a JSON file, whose tokens are told apart by their scalars.
///
/// Keys of a decoded object are strings, and of two that differ in how accents are composed one would be lost. So every
/// byte beyond ASCII gets a stand-in before decoding, a scalar for private use, and its own place again afterwards.
struct ExactVocabulary: Decodable {
  private static let firstStandIn: UInt32 = 0xF0000

  let tokens: [TokenText: Int32]

  init(from decoder: any Decoder) throws {
    let decoded = try decoder.singleValueContainer().decode([String: Int32].self)
    tokens = Dictionary(decoded.map { (Self.token($0), $1) }) { first, _ in first }
  }

  /// A JSON text with stand-ins.
  static func standingIn(for json: Data) -> Data {
    guard json.contains(where: { $0 >= 0x80 }) else { return json }
    return Data(
      json.flatMap { byte -> [UInt8] in
        guard byte >= 0x80, let scalar = Unicode.Scalar(firstStandIn + UInt32(byte)) else {
          return [byte]
        }
        return Array(String(scalar).utf8)
      })
  }

  private static func token(_ key: String) -> TokenText {
    let bytes = key.unicodeScalars.flatMap { scalar -> [UInt8] in
      guard (firstStandIn..<firstStandIn + 256).contains(scalar.value) else {
        return Array(String(scalar).utf8)
      }
      return [UInt8(scalar.value - firstStandIn)]
    }
    return TokenText(String(decoding: bytes, as: UTF8.self))
  }
}
