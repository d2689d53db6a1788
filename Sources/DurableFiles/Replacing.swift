package import Foundation

/// Writes a file so that, whenever the program is stopped, either nothing or all of it is there.
///
/// The bytes go to a file of another name in the same folder, reach the disk, and only then take the
/// file's name. A file that is there is replaced and keeps its permissions; where a link is, its
/// target is replaced. On failure nothing is left. Any number of processes may write the same file: one
/// of them is the last.
///
/// - Parameter body: Writes the contents.
/// - Throws: ``WritingError``, and what `body` throws.
package func replaceFile(
  at url: URL, _ body: (borrowing FileDescriptor) throws -> Void
) throws {
  try writing(url) {
    let destination = try Destination(url)
    let partial = try PartialFile(for: destination)
    do {
      try body(partial.file)
      if let permissions = destination.permissions {
        try partial.file.setPermissions(permissions)
      }
      try partial.file.synchronize()
      try rename(partial.url, to: destination.url)
    } catch {
      unsafe unlink(partial.url.path)
      throw error
    }
    try synchronizeFolder(destination.folder)
  }
}

/// Gives a file another name in one step, replacing what had it, and waits until that is on the disk.
package func renameFile(_ url: URL, to destination: URL) throws(POSIXError) {
  try rename(url, to: destination)
  try synchronizeFolder(destination.deletingLastPathComponent())
}

/// Gives a file a name that nothing has, in one step on file systems with hard links, and waits until that is on the disk.
///
/// - Returns: Whether nothing had the name; otherwise nothing has changed.
package func renameFileIfFree(_ url: URL, to destination: URL) throws(POSIXError) -> Bool {
  if unsafe link(url.path, destination.path) == 0 {
    guard unsafe unlink(url.path) == 0 else { throw .last }
    try synchronizeFolder(destination.deletingLastPathComponent())
    return true
  }
  switch POSIXError.last.code {
  case .EEXIST: return false
  case .EPERM, .EOPNOTSUPP, .ENOSYS, .EMLINK:
    guard try FileStatus(of: destination, followingLinks: false) == nil else { return false }
    try renameFile(url, to: destination)
    return true
  default: throw .last
  }
}

private func rename(_ url: URL, to destination: URL) throws(POSIXError) {
  guard unsafe Foundation.rename(url.path, destination.path) == 0 else { throw .last }
}

/// Waits until the names in a folder are on the disk; syncing a file does not do that.
private func synchronizeFolder(_ url: URL) throws(POSIXError) {
  do throws(POSIXError) {
    try FileDescriptor(folder: url).synchronize()
  } catch {
    // A folder that may be written to but not read cannot be synced.
    if error.code != .EACCES { throw error }
  }
}
