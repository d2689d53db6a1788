import Foundation

/// A file on its way to another name, in the same folder.
///
/// Its name is short, however long the other is, and one of a few that depend on the other. So what a
/// killed process left is found and removed by the next that writes the same file. A file whose
/// writer lives is told by its lock.
struct PartialFile: ~Copyable {
  let url: URL
  let file: FileDescriptor

  /// Makes an empty file that no other process will touch.
  init(for destination: Destination) throws(POSIXError) {
    for place in 0..<1000 {
      let url = destination.folder.appendingPathComponent(Self.name(for: destination, place))
      Self.removeRemains(url)
      do throws(POSIXError) {
        let file = try FileDescriptor(
          opening: url, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
          permissions: (destination.permissions ?? 0o666) | 0o600)
        // Before it was locked, another process may have taken it for remains.
        guard file.lock() != .busy, try file.has(url) else { continue }
        self.url = url
        self.file = file
        return
      } catch {
        if error.code != .EEXIST { throw error }
      }
    }
    throw POSIXError(.EAGAIN)
  }

  private static func name(for destination: Destination, _ place: Int) -> String {
    // FNV-1a.
    let hash = destination.url.lastPathComponent.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return ".spolvero-\(String(hash, radix: 16))-\(place).partial"
  }

  /// Removes the file of this name if nobody is writing it.
  private static func removeRemains(_ url: URL) {
    do {
      let file = try FileDescriptor(opening: url, O_RDONLY | O_NOFOLLOW)
      // Whoever holds the lock of the file that has the name may remove the name.
      if file.lock() == .held, try file.has(url) { unsafe unlink(url.path) }
    } catch {
      // What cannot be opened is not ours: the name is passed over.
    }
  }
}

/// Whether a name is one that files have before they are whole.
package func isPartialFile(_ name: String) -> Bool {
  name.hasPrefix(".spolvero-") && name.hasSuffix(".partial")
}

extension FileDescriptor {
  /// Whether a name stands for this very file.
  fileprivate func has(_ url: URL) throws(POSIXError) -> Bool {
    try FileStatus(of: url, followingLinks: false)?.isSame(as: status()) ?? false
  }
}
