public import Foundation

/// An empty folder of a test's own, removed with its last owner.
public final class TemporaryFolder: Sendable {
  /// The folder. A space and letters beyond ASCII are in its name, as in users' own.
  public let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("spolvero tést \(UUID().uuidString)", isDirectory: true)

  /// Makes the folder.
  public init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A place in the folder.
  public func appending(_ path: String) -> URL { url.appendingPathComponent(path) }

  /// Writes a file into the folder, and the folders of its path.
  @discardableResult
  public func write(_ data: Data, _ path: String) throws -> URL {
    let file = appending(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }

  /// Writes a text file into the folder.
  @discardableResult
  public func write(_ text: String, _ path: String) throws -> URL {
    try write(Data(text.utf8), path)
  }

  /// Names of what is in the folder, sorted.
  public var contents: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}

/// The bytes of every file under a folder, hidden ones too, by path; empty folders are listed as well.
public func tree(_ root: URL) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
    let url = root.appendingPathComponent(path)
    let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
    files[path] = isFolder ? Data("folder".utf8) : try Data(contentsOf: url)
  }
  return files
}
