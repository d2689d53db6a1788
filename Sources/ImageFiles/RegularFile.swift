import DurableFiles
import Faults
package import Foundation

/// Reads a file to its end or to a limit.
///
/// - Parameter limit: The most bytes to read.
/// - Throws: ``ImageError`` with the system's reason, and for a folder, a pipe or a device: those have
///   no end that one could wait for.
func readRegularFile(at url: URL, upTo limit: Int) throws(ImageError) -> [UInt8] {
  do throws(POSIXError) {
    return try bytes(of: FileDescriptor(opening: url, O_RDONLY), upTo: limit)
  } catch {
    throw ImageError(reading: url, error)
  }
}

private func bytes(
  of file: borrowing FileDescriptor, upTo limit: Int
) throws(POSIXError) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(limit, Int(try file.status().byteCount)))
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count < limit {
    let piece = try file.read(into: &buffer)
    if piece.isEmpty { break }
    bytes += piece.prefix(limit - bytes.count)
  }
  return bytes
}

extension ImageError {
  /// Explains why a file could not be read.
  package init(reading url: URL, _ error: POSIXError) {
    let (found, remedy) =
      switch error.code {
      case .EISDIR: ("this is a folder, not a file", "Name a file in it.")
      case .EEXIST:
        ("this is a pipe or a device, not a file", "Save the image to a file and name that.")
      default:
        (
          "the file cannot be read (\(DurableFiles.reason(of: error)))",
          "Check the path and the permissions."
        )
      }
    self.init(.noInput, file: url.path, found: found, remedy: remedy)
  }
}
