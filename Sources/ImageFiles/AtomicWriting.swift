public import Foundation

/// Writes a file so that, whenever the program is stopped, either nothing or all of it is there.
///
/// The bytes go to ``temporaryURL(for:)`` in the same folder, reach the disk, and only then take the
/// file's name; an existing file is replaced. The temporary is removed on failure. Its name is always
/// the same, so one that a killed program left is overwritten by the next attempt.
///
/// - Throws: ``ImageError`` saying what to do, on a full disk too.
public func writeAtomically(_ data: Data, to url: URL) throws {
  let temporary = temporaryURL(for: url)
  do {
    try writeDurably(data, to: temporary)
    guard unsafe rename(temporary.path, url.path) == 0 else { throw POSIXError.last }
    try synchronizeFolder(of: url)
  } catch {
    try? FileManager.default.removeItem(at: temporary)
    throw ImageError(
      file: url.path, found: "the file cannot be written (\(reason(error)))",
      remedy: "Free some space or check the folder and its permissions, then start again.")
  }
}

/// Where ``writeAtomically(_:to:)`` gathers the bytes of a file: `.NAME.partial` beside it.
public func temporaryURL(for url: URL) -> URL {
  url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).partial")
}

private func writeDurably(_ data: Data, to url: URL) throws {
  let file = unsafe open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard file >= 0 else { throw POSIXError.last }
  let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
  try handle.write(contentsOf: data)
  try handle.synchronize()
  try handle.close()
}

/// Puts the new name on the disk: syncing a file does not sync the folder that lists it.
private func synchronizeFolder(of url: URL) throws {
  let folder = unsafe open(url.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
  guard folder >= 0 else { throw POSIXError.last }
  defer { close(folder) }
  // Some file systems cannot sync folders and say EINVAL; the rename itself was done.
  guard fsync(folder) == 0 || errno == EINVAL else { throw POSIXError.last }
}

private func reason(_ error: any Error) -> String {
  guard let error = error as? POSIXError else { return error.localizedDescription }
  return unsafe String(cString: strerror(error.code.rawValue))
}

extension POSIXError {
  /// The failure that the system call before this one left in `errno`.
  fileprivate static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
