import Foundation
import ImageFiles

/// The files that numbered pictures are written to.
struct OutputNames {
  private let urls: [URL]

  /// Names the files, and makes sure before any work that they can be written.
  ///
  /// - Throws: `CommandError` when the folder is not there or does not let us write.
  init(_ output: String, count: Int) throws {
    let url = try writableFile(output)
    let folder = url.deletingLastPathComponent()
    let stem = url.deletingPathExtension().lastPathComponent
    urls =
      count == 1
      ? [url] : (1...count).map { folder.appendingPathComponent("\(stem)_\($0).png") }
  }

  /// Writes one picture and says so on standard output.
  func write(_ data: Data, _ index: Int) throws {
    do {
      try writeAtomically(data, to: urls[index])
    } catch {
      throw CommandError(.inputOutput, "\(error)")
    }
    print(urls[index].relativePath)
    // Whoever reads along gets the name now, not when a buffer is full.
    fflush(nil)
  }
}

/// The place of a file that is to be written later.
///
/// - Throws: `CommandError` when its folder is not there or does not let us write, or when the place is a
///   folder itself.
func writableFile(_ path: String) throws -> URL {
  let url = URL(fileURLWithPath: path)
  let folder = url.deletingLastPathComponent()
  guard unsafe access(folder.path, W_OK) == 0 else {
    throw CommandError(
      .cannotCreate,
      "\(path) cannot be created: there is no folder \(folder.path) that can be written to")
  }
  var isFolder: ObjCBool = false
  if unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
    isFolder.boolValue
  {
    throw CommandError(.cannotCreate, "\(path) cannot be created: there is a folder of this name")
  }
  return url
}
