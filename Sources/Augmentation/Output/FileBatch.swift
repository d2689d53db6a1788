package import Foundation

/// Files of a folder that get their names together, as soon as all have reached the disk, for which many take about as long
/// as one.
package struct FileBatch<Folder: DurableFolder> {
  /// A file that has no name yet.
  private struct Waiting {
    let partial, destination: URL
    let isLink: Bool
  }

  /// So many files wait at most.
  private static var most: Int { 512 }
  /// So many bytes are written before they are waited for.
  private static var mostBytes: Int { 256 << 20 }

  package let folder: Folder
  private var waiting: [Waiting] = []
  private var byteCount = 0

  /// An empty batch. One at a time puts files into a folder.
  package init(in folder: Folder) { self.folder = folder }

  /// Puts a whole file in its place, in a folder that is made if needed, or nothing.
  package mutating func place(_ data: Data, at path: String) throws {
    try add(at: path, isLink: false) { [files = folder.files] in
      try files.write(data, to: $0, for: $1)
    }
    byteCount += data.count
    if waiting.count >= Self.most || byteCount >= Self.mostBytes { try finish() }
  }

  /// Puts a link to a file in its place.
  package mutating func place(linkTo original: URL, at path: String, isSymbolic: Bool) throws {
    try add(at: path, isLink: true) { [files = folder.files] in
      try files.link(original, at: $0, for: $1, isSymbolic: isSymbolic)
    }
    if waiting.count >= Self.most { try finish() }
  }

  private mutating func add(
    at path: String, isLink: Bool, _ write: (_ partial: URL, _ destination: URL) throws -> Void
  ) throws {
    let destination = folder.root.appendingPathComponent(path)
    try folder.files.makeFolder(destination.deletingLastPathComponent())
    try folder.files.makeFolder(folder.scratch)
    let partial = folder.partial(waiting.count)
    waiting.append(Waiting(partial: partial, destination: destination, isLink: isLink))
    do { try write(partial, destination) } catch {
      abandon()
      throw error
    }
  }

  /// Waits until all files have reached the disk, and gives them their names.
  package mutating func finish() throws {
    do {
      let written = waiting.filter { !$0.isLink }
      if let first = written.first {
        try folder.files.synchronize(written.map(\.partial), for: first.destination)
      }
      for file in waiting { try folder.files.rename(file.partial, to: file.destination) }
      for folder in Set(waiting.map { $0.destination.deletingLastPathComponent() }) {
        try self.folder.files.synchronize(namesIn: folder)
      }
    } catch {
      abandon()
      throw error
    }
    (waiting, byteCount) = ([], 0)
  }

  private mutating func abandon() {
    for file in waiting { try? folder.files.remove(file.partial) }
    (waiting, byteCount) = ([], 0)
  }
}
