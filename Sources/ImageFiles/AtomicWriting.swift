import DurableFiles
public import Foundation

/// Writes a file so that, whenever the program is stopped, either nothing or all of it is there.
///
/// An existing file is replaced. Nothing is left beside it on failure.
///
/// - Throws: ``ImageError`` saying what to do, on a full disk too.
public func writeAtomically(_ data: Data, to url: URL) throws {
  do {
    try replaceFile(at: url) { try $0.write(data) }
  } catch let error as POSIXError {
    throw ImageError(
      file: url.path, found: "the file cannot be written (\(error.reason))",
      remedy: "Free some space or check the folder and its permissions, then start again.")
  }
}
