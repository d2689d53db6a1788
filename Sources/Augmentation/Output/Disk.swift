import DurableFiles
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
        "\(url.path): this folder cannot be made (\(reason(of: error))). Check the path, the "
          + "permissions and the free space.")
    }
  }

  package func write(_ data: Data, to url: URL, for destination: URL) throws {
    try explaining(destination) { () throws(POSIXError) in
      let file = try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_TRUNC)
      try file.write(data)
      try file.synchronize()
    }
  }

  package func append(_ data: Data, to url: URL) throws {
    try explaining(url) { () throws(POSIXError) in
      let file = try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_APPEND)
      let length = try file.length()
      do throws(POSIXError) {
        try file.write(data)
        try file.synchronize()
      } catch {
        file.truncate(to: length)
        throw error
      }
    }
  }

  package func rename(_ url: URL, to destination: URL) throws {
    try explaining(destination) { () throws(POSIXError) in
      try renameFile(url, to: destination)
    }
  }

  package func remove(_ url: URL) throws {
    guard unsafe Foundation.remove(url.path) == 0 || errno == ENOENT else {
      throw AugmentationError.writing(url, errno)
    }
  }

  private func explaining(_ url: URL, _ body: () throws(POSIXError) -> Void) throws {
    do { try body() } catch { throw AugmentationError.writing(url, error.code.rawValue) }
  }
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
