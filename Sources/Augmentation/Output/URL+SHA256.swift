import DurableFiles
import Faults
import Foundation

extension URL {
  /// The SHA-256 of a file of any size.
  ///
  /// - Parameter check: Called between two pieces of the file; what it throws ends the reading.
  func sha256(check: () throws -> Void = {}) throws -> String {
    do {
      let file = try FileDescriptor(opening: self, O_RDONLY)
      var (hash, buffer) = (SHA256(), [UInt8](repeating: 0, count: 1 << 23))
      while true {
        let piece = try file.read(into: &buffer)
        if piece.isEmpty { return hash.hexadecimal() }
        try check()
        hash.update(piece.span)
      }
    } catch let error as POSIXError {
      throw AugmentationError(
        .noInput,
        "\(path): this file cannot be read (\(error.code.text)). Check that it is a file and its "
          + "permissions.")
    }
  }
}
