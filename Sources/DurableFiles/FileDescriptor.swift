import CFileSystems
package import Foundation

/// An open file or folder, closed when it goes out of scope.
package struct FileDescriptor: ~Copyable {
  private let number: Int32

  /// Opens or makes a file. Anything else of this name is refused and never waited for.
  ///
  /// - Parameters:
  ///   - flags: Those of `open(2)`, such as `O_WRONLY | O_CREAT | O_EXCL`.
  ///   - permissions: Those of a file that is made, less the process's mask.
  package init(
    opening url: URL, _ flags: Int32, permissions: mode_t = 0o666
  ) throws(POSIXError) {
    // A pipe without a reader would otherwise be waited for.
    number = unsafe open(url.path, flags | O_NONBLOCK | O_CLOEXEC, permissions)
    guard number >= 0 else { throw .last }
    switch try status().kind {
    case .file: return
    case .folder: throw POSIXError(.EISDIR)
    case .link, .other: throw POSIXError(.EEXIST)
    }
  }

  /// Opens a folder.
  package init(folder url: URL) throws(POSIXError) {
    number = unsafe open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .last }
  }

  deinit {
    guard number >= 0 else { return }
    // Closing alone leaves a lock with a child that was forked a moment ago and has not yet begun
    // its own program; a file that nobody locked is not harmed.
    flock(number, LOCK_UN)
    close(number)
  }

  /// Writes all bytes, however many calls that takes.
  package func write(_ data: Data) throws(POSIXError) { try writeAll(data, to: number) }

  /// The bytes from here to the file's end.
  package func read() throws(POSIXError) -> Data {
    // Room for the byte after a small file, which is not there. What the system makes up as it is read has no size.
    let size = Int(try status().byteCount)
    return try read(inPiecesOf: size > 0 ? min(size + 1, 1 << 20) : 1 << 16)
  }

  private func read(inPiecesOf count: Int) throws(POSIXError) -> Data {
    var (data, buffer) = (Data(), [UInt8](repeating: 0, count: count))
    while true {
      let piece = try read(into: &buffer)
      if piece.isEmpty { return data }
      data.append(contentsOf: piece)
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

  /// Fills memory with the bytes from a place on, unless the file ends before.
  ///
  /// - Returns: How many bytes there are.
  package func read(
    at offset: Int, into memory: inout MutableRawSpan
  ) throws(POSIXError) -> Int {
    let (number, length) = (number, memory.byteCount)
    var done = 0
    while done < length {
      let count = unsafe memory.withUnsafeMutableBytes { bytes in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
        return unsafe pread(number, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// The bytes from a place on, so many unless the file ends before.
  package func read(at offset: Int, count: Int) throws(POSIXError) -> Data {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    let length = try read(at: offset, into: &raw)
    return Data(bytes.prefix(length))
  }

  /// Waits until what was written is on the disk. Some file systems cannot do that for folders.
  package func synchronize() throws(POSIXError) {
    guard fsync(number) == 0 || errno == EINVAL else { throw .last }
  }

  /// Waits until all that was written into the file's file system is on the disk.
  ///
  /// - Returns: Whether the system can do that.
  func synchronizeFileSystem() throws(POSIXError) -> Bool {
    if synchronize_file_system(number) == 0 { return true }
    let error = POSIXError.last
    guard [.ENOSYS, .EINVAL, .EOPNOTSUPP].contains(error.code) else { throw error }
    return false
  }

  /// What the system says about the file.
  package func status() throws(POSIXError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// Lets others do with the file what these permissions say.
  package func setPermissions(_ permissions: mode_t) throws(POSIXError) {
    guard fchmod(number, permissions) == 0 else { throw .last }
  }

  /// Cuts the file to a number of bytes, if the system allows it.
  package func truncate(to length: off_t) { _ = ftruncate(number, length) }

  /// What became of the wish for a lock.
  package enum Lock { case held, busy, unsupported }

  /// Takes the lock that the system gives back when this process ends, however it ends.
  ///
  /// - Parameter isShared: Whether others may have it too that share it.
  package func lock(isShared: Bool = false) -> Lock {
    if flock(number, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 { return .held }
    return errno == EWOULDBLOCK ? .busy : .unsupported
  }
}

/// Writes all bytes to an open file, pipe or terminal, however many calls that takes.
package func writeAll(_ data: Data, to number: Int32) throws(POSIXError) {
  var rest = data[...]
  while !rest.isEmpty {
    let written = unsafe rest.withUnsafeBytes {
      unsafe Foundation.write(number, $0.baseAddress, $0.count)
    }
    if written > 0 {
      rest = rest.dropFirst(written)
    } else if written == 0 {
      throw POSIXError(.EIO)
    } else if errno == EAGAIN {
      var wish = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&wish, 1, -1)
    } else if errno != EINTR {
      throw .last
    }
  }
}

extension POSIXError {
  /// The failure that the system call before this one left in `errno`.
  package static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
