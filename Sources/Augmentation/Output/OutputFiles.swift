package import Foundation

/// The five ways in which a run changes the disk. A test puts a failing one in the disk's place.
package protocol OutputFiles: Sendable {
  /// Makes a folder and those above it; nothing happens where it exists.
  func makeFolder(_ url: URL) throws
  /// Writes a file, replacing one that is there, and waits until it is on the disk. What goes wrong is
  /// reported about `destination`, the name that the file is about to get and that the user knows.
  func write(_ data: Data, to url: URL, for destination: URL) throws
  /// Adds to the end of a file, making it if needed, and waits until that is on the disk. On failure the
  /// file is as long as before.
  func append(_ data: Data, to url: URL) throws
  /// Gives a file another name in one step, replacing what had it, and waits until that is on the disk.
  func rename(_ url: URL, to destination: URL) throws
  /// Removes a file or an empty folder; nothing happens where nothing is.
  func remove(_ url: URL) throws
}
