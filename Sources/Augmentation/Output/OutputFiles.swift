package import DurableFiles
package import Foundation

/// The ways in which a run reads and changes its output. A test puts a failing disk in the real one's
/// place. An answer of "nothing is there" is only given when the system says so.
package protocol OutputFiles: Sendable {
  /// What a name in the output stands for; a link stands for itself. nil where nothing is.
  func kind(of url: URL) throws -> FileStatus.Kind?
  /// The names in a folder, sorted; nil where nothing is.
  func names(in folder: URL) throws -> [String]?
  /// The bytes of a file; nil where nothing is.
  func read(_ url: URL) throws -> Data?
  /// The bytes of a file from a place on, so many at most; none at its end, nil where nothing is.
  func read(_ url: URL, at offset: Int, count: Int) throws -> Data?
  /// Makes a folder and those above it; nothing happens where it exists.
  func makeFolder(_ url: URL) throws
  /// Writes a file that is not there yet. What goes wrong is reported about `destination`, the name that the file is about
  /// to get and that the user knows.
  func write(_ data: Data, to url: URL, for destination: URL) throws
  /// Waits until files that were written into one folder are on the disk; what goes wrong is reported as in writing.
  func synchronize(_ files: [URL], for destination: URL) throws
  /// Adds to the end of a file, making it if needed, and waits until that is on the disk. On failure the
  /// file is as long as before.
  func append(_ data: Data, to url: URL) throws
  /// Makes a link to a file that is there, hard or symbolic; the rest is as in writing.
  func link(_ original: URL, at url: URL, for destination: URL, isSymbolic: Bool) throws
  /// Gives a file another name in one step, replacing what had it.
  func rename(_ url: URL, to destination: URL) throws
  /// Waits until the names of the files in a folder are on the disk.
  func synchronize(namesIn folder: URL) throws
  /// Gives a file a name that nothing has, in one step, and waits until that is on the disk.
  ///
  /// - Returns: Whether nothing had the name; otherwise nothing has changed.
  func renameIfFree(_ url: URL, to destination: URL) throws -> Bool
  /// Keeps other processes from a lock, on file systems that know locks, until the value goes.
  ///
  /// - Returns: nil when another process has the lock.
  func lock(_ url: URL) throws -> FileLock?
  /// Removes a file or an empty folder; nothing happens where nothing is.
  func remove(_ url: URL) throws
}
