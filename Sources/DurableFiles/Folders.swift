package import Foundation

/// Makes a folder and those above it; nothing happens where it exists.
///
/// - Throws: ``WritingError`` when it cannot be made.
package func makeFolder(_ url: URL) throws(WritingError) {
  do { try make(url) } catch { throw WritingError(url.path, error.code) }
}

private func make(_ url: URL) throws(POSIXError) {
  if unsafe mkdir(url.path, 0o777) == 0 { return }
  switch errno {
  case EEXIST:
    let kind = try FileStatus(of: url, followingLinks: true)?.kind
    if kind != .folder { throw POSIXError(.ENOTDIR) }
  case ENOENT where url.deletingLastPathComponent().path != url.path:
    try make(url.deletingLastPathComponent())
    guard unsafe mkdir(url.path, 0o777) == 0 || errno == EEXIST else { throw .last }
  default: throw .last
  }
}

/// The names in a folder, sorted.
///
/// - Returns: nil where nothing is.
package func namesInFolder(_ url: URL) throws(POSIXError) -> [String]? {
  guard try FileStatus(of: url, followingLinks: true) != nil else { return nil }
  do { return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() } catch {
    throw POSIXError(code(of: error) ?? .EIO)
  }
}

/// The bytes of a file.
///
/// - Returns: nil where nothing is.
package func readFile(_ url: URL) throws(POSIXError) -> Data? {
  guard try FileStatus(of: url, followingLinks: true) != nil else { return nil }
  return try FileDescriptor(opening: url, O_RDONLY).read()
}
