package import Foundation

/// The real disk, through the system calls that say when something has reached it.
package struct Disk: OutputFiles {
  package init() {}

  package func makeFolder(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw AugmentationError(
        .cannotCreate,
        "\(url.path): this folder cannot be made. Check the path, the permissions and the free space "
          + "(\(error.localizedDescription))")
    }
  }

  package func write(_ data: Data, to url: URL) throws {
    let file = try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_TRUNC)
    try file.write(data)
    try file.synchronize()
  }

  package func append(_ data: Data, to url: URL) throws {
    let file = try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_APPEND)
    let length = try file.length()
    do {
      try file.write(data)
      try file.synchronize()
    } catch {
      file.truncate(to: length)
      throw error
    }
  }

  package func rename(_ url: URL, to destination: URL) throws {
    guard unsafe Foundation.rename(url.path, destination.path) == 0 else {
      throw AugmentationError.writing(destination, errno)
    }
    try FileDescriptor(opening: destination.deletingLastPathComponent(), O_RDONLY).synchronize()
  }

  package func remove(_ url: URL) throws {
    guard unsafe Foundation.remove(url.path) == 0 || errno == ENOENT else {
      throw AugmentationError.writing(url, errno)
    }
  }
}

/// An open file, closed when it goes out of scope.
struct FileDescriptor: ~Copyable {
  private let number: Int32
  private let url: URL

  init(opening url: URL, _ flags: Int32) throws {
    self.url = url
    number = unsafe open(url.path, flags | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw AugmentationError.writing(url, errno) }
  }

  deinit {
    // Closing alone leaves a lock with a child that was forked a moment ago and has not yet begun
    // its own program; a file that nobody locked is not harmed.
    flock(number, LOCK_UN)
    close(number)
  }

  func write(_ data: Data) throws {
    var rest = data[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Foundation.write(number, $0.baseAddress, $0.count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw AugmentationError.writing(url, errno) }
      rest = rest.dropFirst(written)
    }
  }

  /// Waits until file or folder are on the disk. Some file systems cannot do that for folders.
  func synchronize() throws {
    guard fsync(number) == 0 || errno == EINVAL else {
      throw AugmentationError.writing(url, errno)
    }
  }

  func length() throws -> off_t {
    let end = lseek(number, 0, SEEK_END)
    guard end >= 0 else { throw AugmentationError.writing(url, errno) }
    return end
  }

  func truncate(to length: off_t) { _ = ftruncate(number, length) }

  /// Takes the lock that the system gives back when this process ends, however it ends.
  ///
  /// - Returns: Whether it was free. File systems that know no locks let everyone in.
  func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }
}

extension AugmentationError {
  /// A file could not be written, for the reason that the system's error number gives.
  package static func writing(_ url: URL, _ number: Int32) -> AugmentationError {
    let reason = unsafe String(cString: strerror(number))
    switch number {
    case ENOSPC, EDQUOT:
      return AugmentationError(
        .inputOutput,
        "\(url.path): the disk is full (\(reason)). What is finished is kept: free some space and "
          + "give the same command again, it goes on where it stopped.")
    case EACCES, EPERM, EROFS, ENOTDIR, ENOENT, ENAMETOOLONG:
      return AugmentationError(
        .cannotCreate,
        "\(url.path): cannot be written (\(reason)). Check the folder and its permissions.")
    default:
      return AugmentationError(
        .inputOutput,
        "\(url.path): writing failed (\(reason)). What is finished is kept: the same command goes on "
          + "where this one stopped.")
    }
  }
}
