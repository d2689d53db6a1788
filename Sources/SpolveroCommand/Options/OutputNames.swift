import DurableFiles
import Foundation
import ImageFiles

/// The files that numbered images are written to.
struct OutputNames {
  private let urls: [URL]

  /// Names the files, and makes sure before any work that they can be written.
  ///
  /// - Throws: `WritingError` when one of them cannot be.
  init(_ output: String, count: Int) throws {
    let url = URL(fileURLWithPath: output)
    let folder = url.deletingLastPathComponent()
    let stem = url.deletingPathExtension().lastPathComponent
    urls =
      count == 1
      ? [url] : (1...count).map { folder.appendingPathComponent("\(stem)_\($0).png") }
    for url in urls { try checkReplaceable(url) }
  }

  /// Writes one image and says so on standard output.
  func write(_ data: Data, _ index: Int) throws {
    try writeAtomically(data, to: urls[index])
    try Console.result([urls[index].relativePath])
  }
}

/// The place of a file that is to be written later.
///
/// - Throws: `WritingError` when its folder is not there or does not let us write, or when something other
///   than a file is there.
func writableFile(_ path: String) throws -> URL {
  let url = URL(fileURLWithPath: path)
  try checkReplaceable(url)
  return url
}
