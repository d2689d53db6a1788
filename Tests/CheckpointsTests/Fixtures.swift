import Foundation

/// Files made by `tools/fixtures/checkpoints.py`.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/checkpoints")

  static func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
}

/// A safetensors file of a header and so many zero bytes.
func safetensors(_ header: String, zeros: Int = 0) -> Data {
  let length = UInt64(header.utf8.count)
  return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
    + Data(header.utf8) + Data(count: zeros)
}

extension Data {
  /// The bytes that a hexadecimal text spells; two digits a byte.
  init(hexadecimal text: String) {
    let digits = text.utf8.map { $0 <= UInt8(ascii: "9") ? $0 - 48 : $0 - 87 }
    self.init(stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }
}
