package import DurableFiles
import Faults
package import Foundation

/// The real disk, through the system calls that say when something has reached it.
package struct Disk: OutputFiles {
  package init() {}

  package func kind(of url: URL) throws -> FileStatus.Kind? {
    try reading(url) { () throws(POSIXError) in try FileStatus(of: url, followingLinks: false)?.kind
    }
  }

  package func names(in folder: URL) throws -> [String]? {
    try reading(folder) { () throws(POSIXError) in try namesInFolder(folder) }
  }

  package func read(_ url: URL) throws -> Data? {
    try reading(url) { () throws(POSIXError) in try readFile(url) }
  }

  package func read(_ url: URL, at offset: Int, count: Int) throws -> Data? {
    try reading(url) { () throws(POSIXError) in
      guard try FileStatus(of: url, followingLinks: true) != nil else { return nil }
      return try FileDescriptor(opening: url, O_RDONLY).read(at: offset, count: count)
    }
  }

  package func makeFolder(_ url: URL) throws {
    do { try DurableFiles.makeFolder(url) } catch {
      throw AugmentationError.writing(url, error.code)
    }
  }

  package func write(_ data: Data, to url: URL, for destination: URL) throws {
    try writing(destination) { () throws(POSIXError) in
      try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW).write(data)
    }
  }

  package func synchronize(_ files: [URL], for destination: URL) throws {
    try writing(destination) { () throws(POSIXError) in try synchronizeFiles(files) }
  }

  package func link(
    _ original: URL, at url: URL, for destination: URL, isSymbolic: Bool
  ) throws {
    let path = original.absoluteURL.path
    let result = unsafe isSymbolic ? symlink(path, url.path) : Foundation.link(path, url.path)
    guard result != 0 else { return }
    let code = POSIXError.last.code
    guard code == .EXDEV || code == .EPERM else {
      throw AugmentationError.writing(destination, code)
    }
    throw AugmentationError(
      .cannotCreate,
      "\(destination.path): no hard link to \(path) can be made here (\(code.text)). Write to the dataset's own "
        + "file system, or take symbolic links or copies.", remedies: [Remedy(.originals)])
  }

  package func append(_ data: Data, to url: URL) throws {
    try writing(url) { () throws(POSIXError) in
      let file = try FileDescriptor(opening: url, O_WRONLY | O_CREAT | O_APPEND)
      let length = try file.status().byteCount
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
    try writing(destination) { () throws(POSIXError) in try moveFile(url, to: destination) }
  }

  package func synchronize(namesIn folder: URL) throws {
    try writing(folder) { () throws(POSIXError) in try synchronizeFolder(folder) }
  }

  package func renameIfFree(_ url: URL, to destination: URL) throws -> Bool {
    try writing(destination) { () throws(POSIXError) in
      try renameFileIfFree(url, to: destination)
    }
  }

  package func lock(_ url: URL) throws -> FileLock? {
    try writing(url) { () throws(POSIXError) in try FileLock(file: url) }
  }

  package func remove(_ url: URL) throws {
    try writing(url) { () throws(POSIXError) in
      guard unsafe Foundation.remove(url.path) == 0 || errno == ENOENT else { throw .last }
    }
  }
}

/// Explains a failed reading of the output.
func reading<Result>(_ url: URL, _ body: () throws(POSIXError) -> Result) throws -> Result {
  do { return try body() } catch { throw AugmentationError.reading(url, error.code) }
}

/// Explains a failed change of the output.
func writing<Result>(_ url: URL, _ body: () throws(POSIXError) -> Result) throws -> Result {
  do { return try body() } catch { throw AugmentationError.writing(url, error.code) }
}

extension AugmentationError {
  /// A file of the output could not be read, which is another thing than that it is not there.
  package static func reading(_ url: URL, _ code: POSIXErrorCode) -> AugmentationError {
    AugmentationError(
      .inputOutput,
      "\(url.path): this cannot be read (\(code.text)). Check the disk and the permissions, then give "
        + "the same command again.")
  }

  /// A file could not be written.
  package static func writing(_ url: URL, _ code: POSIXErrorCode) -> AugmentationError {
    let error = WritingError(url.path, code)
    let isHalfway = error.kind == .inputOutput
    return AugmentationError(
      error.kind,
      isHalfway
        ? "\(error) What is finished is kept: the same command goes on where this one stopped."
        : "\(error)")
  }
}
