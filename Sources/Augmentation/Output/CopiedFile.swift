import Foundation

/// A file of a dataset that the output has too.
struct CopiedFile {
  let path: String
  /// The SHA-256 of what stands there; nil where that is known only after reading.
  let hash: String?
  /// The file whose bytes they are, if it is one.
  let original: URL?
  let data: (SourceReader) throws -> Data

  /// Puts it where it is not yet, as a copy or, of a file, as a link.
  func place(
    in folder: some DurableFolder, _ reader: SourceReader, _ originals: Originals
  ) throws {
    if let hash, try folder.holds(path, sha256: hash) { return }
    let data = try data(reader)
    if let original, originals == .hardlink || originals == .symlink {
      try folder.place(linkTo: original, at: path, isSymbolic: originals == .symlink)
    } else if hash == nil {
      try folder.placeIfNeeded(data, at: path)
    } else {
      try folder.place(data, at: path)
    }
  }
}
