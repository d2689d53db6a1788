import DurableFiles
public import Foundation

/// Writes a file so that, whenever the program is stopped, either nothing or all of it is there.
///
/// An existing file is replaced and keeps its permissions; where a symbolic link is, its target is
/// replaced. Nothing is left beside it on failure.
///
/// - Throws: `WritingError` saying what to do, on a full disk too.
public func writeAtomically(_ data: Data, to url: URL) throws {
  try replaceFile(at: url) { try $0.write(data) }
}
