package import Foundation

extension SHA256 {
  /// The hash in lower-case hexadecimal.
  package consuming func hexadecimal() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let characters = finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: characters, as: UTF8.self)
  }
}

extension Data {
  /// The SHA-256 of these bytes in lower-case hexadecimal.
  package var sha256: String {
    var hash = SHA256()
    hash.update(span)
    return hash.hexadecimal()
  }
}
