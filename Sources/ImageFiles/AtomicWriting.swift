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
    throw ImageError(writing: url, error)
  }
}

extension ImageError {
  fileprivate init(writing url: URL, _ error: POSIXError) {
    // What one of these asks for is the user's to give; anything else is the disk's.
    let refusals: [POSIXErrorCode] = [
      .EACCES, .EPERM, .EROFS, .ENOENT, .ENOTDIR, .EISDIR, .ENAMETOOLONG, .ELOOP,
    ]
    let isRefusal = refusals.contains(error.code)
    self.init(
      isRefusal ? .uncreatable : .unwritable, file: url.path,
      found: "the file cannot be written (\(DurableFiles.reason(of: error)))",
      remedy: isRefusal
        ? "Check the folder and its permissions."
        : "Free some space or check the disk, then start again.")
  }
}
