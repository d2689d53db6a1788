import DurableFiles
import Foundation

/// An open file whose bytes are read where they are wanted, by any thread.
///
/// It is read, not mapped: a file that shrinks while it is used, as on a network's disk, then gives an
/// error instead of a signal. Mapping would save no memory: devices keep weights in an order and a precision of their
/// own, so that the bytes of a tensor are let go before those of the next are read.
final class WeightsFile: Sendable {
  /// Size of the file in bytes when it was opened.
  let byteCount: Int
  private let path: String
  private let descriptor: FileDescriptor

  /// Opens a file.
  ///
  /// - Throws: ``CheckpointError`` when it cannot be opened, or is a folder, a pipe or a device.
  init(_ url: URL) throws {
    path = url.path
    do {
      descriptor = try FileDescriptor(opening: url, O_RDONLY)
      byteCount = Int(try descriptor.status().byteCount)
    } catch {
      throw Self.failure("cannot be opened", error, path)
    }
  }

  /// The bytes within a range of the file.
  ///
  /// - Throws: ``CheckpointError`` when the file has become shorter, or the disk fails.
  func bytes(in range: Range<Int>) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    try read(at: range.lowerBound, into: &raw)
    return bytes
  }

  /// Fills memory with the bytes from a place on.
  ///
  /// - Throws: ``CheckpointError`` as ``bytes(in:)`` does.
  func read(at offset: Int, into memory: inout MutableRawSpan) throws {
    let count: Int
    do { count = try descriptor.read(at: offset, into: &memory) } catch {
      throw Self.failure("cannot be read", error, path)
    }
    let missing = memory.byteCount - count
    guard missing == 0 else { throw CheckpointError(.truncated(missing: missing), in: path) }
  }

  private static func failure(
    _ what: String, _ error: POSIXError, _ path: String
  ) -> CheckpointError {
    CheckpointError(.inaccessible("the file \(what): \(error.code.text)"), in: path)
  }
}
