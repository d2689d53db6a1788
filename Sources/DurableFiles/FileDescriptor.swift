package import Foundation

/// An open file or folder, closed when it goes out of scope.
package struct FileDescriptor: ~Copyable {
  private let number: Int32

  /// Opens a file or folder.
  ///
  /// - Parameter flags: Those of `open(2)`, such as `O_WRONLY | O_CREAT | O_TRUNC`.
  package init(opening url: URL, _ flags: Int32) throws(POSIXError) {
    let descriptor = unsafe open(url.path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    number = descriptor
  }

  deinit {
    // Closing alone leaves a lock with a child that was forked a moment ago and has not yet begun
    // its own program; a file that nobody locked is not harmed.
    flock(number, LOCK_UN)
    close(number)
  }

  /// Writes all bytes, however many calls that takes.
  package func write(_ data: Data) throws(POSIXError) {
    var rest = data[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Foundation.write(number, $0.baseAddress, $0.count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .last }
      rest = rest.dropFirst(written)
    }
  }

  /// The next bytes, as many as the buffer holds at most; none at the file's end.
  package func read(into buffer: inout [UInt8]) throws(POSIXError) -> ArraySlice<UInt8> {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Foundation.read(number, $0.baseAddress, $0.count)
      }
      if count >= 0 { return buffer[..<count] }
      if errno != EINTR { throw .last }
    }
  }

  /// Waits until what was written is on the disk. Some file systems cannot do that for folders.
  package func synchronize() throws(POSIXError) {
    guard fsync(number) == 0 || errno == EINVAL else { throw .last }
  }

  /// Size of the file, in bytes.
  package func length() throws(POSIXError) -> off_t {
    let end = lseek(number, 0, SEEK_END)
    guard end >= 0 else { throw .last }
    return end
  }

  /// What the system says about the file.
  package func status() throws(POSIXError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// Cuts the file to a number of bytes, if the system allows it.
  package func truncate(to length: off_t) { _ = ftruncate(number, length) }

  /// Takes the lock that the system gives back when this process ends, however it ends.
  ///
  /// - Returns: Whether it was free. File systems that know no locks let everyone in.
  package func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }
}

extension POSIXError {
  /// The failure that the system call before this one left in `errno`.
  package static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
