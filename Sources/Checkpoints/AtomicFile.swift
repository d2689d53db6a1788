import Foundation

/// Writes a file beside its final place and moves it there when it is complete and on disk.
///
/// - Throws: ``CheckpointError`` when the file cannot be written, and what `body` throws.
func writeAtomically(to url: URL, _ body: (FileHandle) throws -> Void) throws {
  // Always the same name: what a killed program left is overwritten by the next attempt.
  let draft = url.deletingLastPathComponent()
    .appendingPathComponent(".\(url.lastPathComponent).partial")
  guard FileManager.default.createFile(atPath: draft.path, contents: nil),
    let file = FileHandle(forWritingAtPath: draft.path)
  else {
    throw CheckpointError(.unwritable("it cannot be created in this folder"), in: url.path)
  }
  do {
    try body(file)
    try file.synchronize()
    try file.close()
    guard unsafe rename(draft.path, url.path) == 0 else {
      let why = unsafe String(cString: strerror(errno))
      throw CheckpointError(.unwritable(why), in: url.path)
    }
  } catch {
    try? FileManager.default.removeItem(at: draft)
    throw error as? CheckpointError
      ?? CheckpointError(.unwritable(reason(of: error)), in: url.path)
  }
}

/// The system's own words for why a file could not be read or written, such as `No such file or
/// directory`.
package func reason(of error: any Error) -> String {
  guard let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error,
    (system as NSError).domain == NSPOSIXErrorDomain
  else { return error.localizedDescription }
  return unsafe String(cString: strerror(Int32((system as NSError).code)))
}
