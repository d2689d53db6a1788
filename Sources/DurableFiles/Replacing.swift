package import Foundation

/// Writes a file so that, whenever the program is stopped, either nothing or all of it is there.
///
/// The bytes go to `.NAME.partial` in the same folder, reach the disk, and only then take the file's
/// name; an existing file is replaced. The partial file is removed on failure. Its name is always the
/// same, so one that a killed program left is overwritten by the next attempt.
///
/// - Parameter body: Writes the contents.
/// - Throws: `POSIXError`, and what `body` throws.
package func replaceFile(
  at url: URL, _ body: (borrowing FileDescriptor) throws -> Void
) throws {
  let partial = url.deletingLastPathComponent()
    .appendingPathComponent(".\(url.lastPathComponent).partial")
  do {
    let file = try FileDescriptor(opening: partial, O_WRONLY | O_CREAT | O_TRUNC)
    try body(file)
    try file.synchronize()
    try renameFile(partial, to: url)
  } catch {
    try? FileManager.default.removeItem(at: partial)
    throw error
  }
}

/// Gives a file another name in one step, replacing what had it, and waits until that is on the disk.
package func renameFile(_ url: URL, to destination: URL) throws(POSIXError) {
  guard unsafe rename(url.path, destination.path) == 0 else { throw .last }
  // Syncing a file does not sync the folder that lists it.
  try FileDescriptor(opening: destination.deletingLastPathComponent(), O_RDONLY).synchronize()
}
