import Crypto
import DurableFiles
package import Foundation

extension Data {
  /// The SHA-256 of these bytes in lower-case hexadecimal.
  package var sha256: String { hexadecimal(SHA256.hash(data: self)) }
}

extension URL {
  /// The SHA-256 of a file of any size.
  ///
  /// - Parameter check: Called between two pieces of the file; what it throws ends the reading.
  func sha256(check: () throws -> Void = {}) throws -> String {
    do {
      let file = try FileHandle(forReadingFrom: self)
      defer { try? file.close() }
      var hash = SHA256()
      while let piece = try file.read(upToCount: 1 << 23), !piece.isEmpty {
        try check()
        hash.update(data: piece)
      }
      return hexadecimal(hash.finalize())
    } catch let error as AugmentationError {
      throw error
    } catch {
      throw AugmentationError(
        .noInput,
        "\(path): this file cannot be read (\(reason(of: error))). Check it and its permissions.")
    }
  }
}

private func hexadecimal(_ digest: SHA256Digest) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let characters = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: characters, as: UTF8.self)
}
