import DurableFiles
import Faults
import Foundation

/// The bytes of a file; nil where none is.
///
/// - Throws: `CommandError` when it cannot be read.
func contents(of url: URL) throws -> Data? {
  do { return try readFile(url) } catch {
    throw CommandError(
      .noInput,
      "\(url.path): this file cannot be read (\(error.code.text)). Check the path and its permissions."
    )
  }
}
