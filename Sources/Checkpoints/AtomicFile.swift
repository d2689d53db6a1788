import Foundation

/// Writes a file beside its final place and moves it there when it is complete and on disk.
///
/// - Throws: ``CheckpointError`` when the file cannot be written, and what `body` throws.
func writeAtomically(to url: URL, _ body: (FileHandle) throws -> Void) throws {
  let draft = url.deletingLastPathComponent()
    .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
  guard FileManager.default.createFile(atPath: draft.path, contents: nil),
    let file = FileHandle(forWritingAtPath: draft.path)
  else { throw CheckpointError(.inaccessible("the file cannot be created"), in: url.path) }
  do {
    try body(file)
    try file.synchronize()
    try file.close()
    guard unsafe rename(draft.path, url.path) == 0 else {
      let why = unsafe String(cString: strerror(errno))
      throw CheckpointError(.inaccessible("the file cannot be replaced: \(why)"), in: url.path)
    }
  } catch {
    try? FileManager.default.removeItem(at: draft)
    throw error as? CheckpointError
      ?? CheckpointError(.inaccessible("the file cannot be written: \(error)"), in: url.path)
  }
}
