package import Foundation

/// The place of a file that is to be made or replaced. A link stays a link: its target is replaced.
struct Destination {
  let url: URL
  /// Those of the file that is there.
  let permissions: mode_t?

  var folder: URL { url.deletingLastPathComponent() }

  /// - Throws: `POSIXError` when something other than a file is there.
  init(_ url: URL) throws(POSIXError) {
    var url = url
    // As many links as Linux follows.
    for _ in 0..<40 {
      let status = try FileStatus(of: url, followingLinks: false)
      switch status?.kind {
      case .link: url = try Self.target(of: url)
      case .file, nil:
        (self.url, permissions) = (url, status?.permissions)
        return
      case .folder: throw POSIXError(.EISDIR)
      case .other: throw POSIXError(.EEXIST)
      }
    }
    throw POSIXError(.ELOOP)
  }

  private static func target(of link: URL) throws(POSIXError) -> URL {
    let path: String
    do { path = try FileManager.default.destinationOfSymbolicLink(atPath: link.path) } catch {
      throw POSIXError(code(of: error) ?? .EIO)
    }
    // As text: a URL would take '..' for the folder above, which it is not behind a linked folder.
    let folder = link.deletingLastPathComponent().path
    return URL(fileURLWithPath: path.hasPrefix("/") ? path : folder + "/" + path)
  }
}

/// Makes sure, before any work, that a file can be made or replaced.
///
/// - Throws: ``WritingError`` when its folder is not there or does not let us write, or when something
///   other than a file is there.
package func checkReplaceable(_ url: URL) throws {
  try writing(url) {
    let folder = try Destination(url).folder
    guard unsafe access(folder.path, W_OK | X_OK) == 0 else { throw POSIXError.last }
  }
}
