import DurableFiles
import Foundation

/// An open file whose bytes are read where they are wanted, by any thread.
///
/// It is read, not mapped: a file that shrinks while it is used, as on a network's disk, then gives an
/// error instead of a signal.
final class WeightsFile: Sendable {
  /// Size of the file in bytes when it was opened.
  let byteCount: Int
  private let path: String
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``CheckpointError`` when it cannot be opened, or is a folder, a pipe or a device.
  init(_ url: URL) throws {
    path = url.path
    // Without waiting: a pipe would be opened when somebody writes to it, which may be never.
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.failure("cannot be opened", path) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CheckpointError(.inaccessible("this is not a file"), in: path)
    }
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

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
    try unsafe memory.withUnsafeMutableBytes { memory in
      var done = 0
      while done < memory.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[done...])
        let count = unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw Self.failure("cannot be read", path) }
        guard count > 0 else { throw CheckpointError(.truncated(missing: rest.count), in: path) }
        done += count
      }
    }
  }

  private static func failure(_ what: String, _ path: String) -> CheckpointError {
    CheckpointError(.inaccessible("the file \(what): \(reason(of: POSIXError.last))"), in: path)
  }
}
