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
      try moveFile(partial.url, to: destination.url)
    } catch {
      unsafe unlink(partial.url.path)
      throw error
    }
    try synchronizeFolder(destination.folder)
  }
}

/// Gives a file another name in one step, replacing what had it.
package func moveFile(_ url: URL, to destination: URL) throws(POSIXError) {
  guard unsafe rename(url.path, destination.path) == 0 else { throw .last }
}

/// Gives a file a name that nothing has, in one step on file systems with hard links, and waits until that is on the disk.
///
/// - Returns: Whether nothing had the name; otherwise nothing has changed.
package func renameFileIfFree(_ url: URL, to destination: URL) throws(POSIXError) -> Bool {
  guard try moveFileIfFree(url, to: destination) else { return false }
  try synchronizeFolder(destination.deletingLastPathComponent())
  return true
}

private func moveFileIfFree(_ url: URL, to destination: URL) throws(POSIXError) -> Bool {
  if unsafe link(url.path, destination.path) == 0 {
    guard unsafe unlink(url.path) == 0 else { throw .last }
    return true
  }
  switch POSIXError.last.code {
  case .EEXIST: return false
  case .EPERM, .EOPNOTSUPP, .ENOSYS, .EMLINK:
    guard try FileStatus(of: destination, followingLinks: false) == nil else { return false }
    try moveFile(url, to: destination)
    return true
  default: throw .last
  }
}
