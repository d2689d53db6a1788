package import Foundation

/// What the system says about a file, a folder or something else.
package struct FileStatus: Sendable, Hashable {
  /// What can have a name.
  package enum Kind: Sendable {
    case file, folder, link
    /// A pipe, a socket or a device.
    case other
  }

  package let kind: Kind
  /// Who may read, write and execute it.
  package let permissions: mode_t
  /// Size in bytes.
  package let byteCount: off_t
  private let device: dev_t
  private let number: ino_t
  /// Seconds and nanoseconds of the last change of the contents.
  private let changed: [Int]

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    permissions = status.st_mode & 0o777
    byteCount = status.st_size
    (device, number) = (status.st_dev, status.st_ino)
    #if canImport(Darwin)
      changed = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
    #else
      changed = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    #endif
  }

  /// Asks about what a name stands for, or about the link of that name itself.
  ///
  /// - Returns: nil where nothing is.
  /// - Throws: When the system cannot say whether something is there.
  package init?(of url: URL, followingLinks: Bool) throws(POSIXError) {
    var status = stat()
    let result =
      followingLinks ? unsafe stat(url.path, &status) : unsafe lstat(url.path, &status)
    if result != 0 && (errno == ENOENT || errno == ENOTDIR) { return nil }
    guard result == 0 else { throw .last }
    self.init(status)
  }

  /// Whether both are the same file, whatever its names.
  package func isSame(as other: FileStatus) -> Bool {
    device == other.device && number == other.number
  }
}
