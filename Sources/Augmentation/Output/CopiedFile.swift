import Foundation

/// A file of a dataset that the output has too.
struct CopiedFile: Sendable {
  let path: String
  /// The SHA-256 of what stands there; nil where that is known only after reading.
  let hash: String?
  /// The file whose bytes they are, if it is one.
  let original: URL?
  let data: @Sendable (SourceReader) throws -> Data

  /// Its bytes; nil where they stand in the folder already.
  fileprivate func missingData(in folder: some DurableFolder, _ reader: SourceReader) throws
    -> Data?
  {
    if let hash {
      return try folder.holds(path, sha256: hash) ? nil : data(reader)
    }
    let data = try data(reader)
    return try folder.read(path) == data ? nil : data
  }
}

extension FileBatch {
  /// Puts a few files where they are not yet, as copies or, of files, as links. All are in memory at once.
  ///
  /// - Parameter check: Called before each, on any thread; what it throws ends the copying.
  mutating func place(
    _ files: [CopiedFile], _ reader: SourceReader, as originals: Originals,
    check: @Sendable () throws -> Void
  ) throws {
    let missing = try concurrentMap(files.count, check: check) { [folder] number in
      Missing(data: try files[number].missingData(in: folder, reader))
    }
    for (file, missing) in zip(files, missing) {
      if let data = missing.data { try place(data, of: file, as: originals) }
    }
  }

  private mutating func place(_ data: Data, of file: CopiedFile, as originals: Originals) throws {
    if let original = file.original, originals == .hardlink || originals == .symlink {
      try place(linkTo: original, at: file.path, isSymbolic: originals == .symlink)
    } else {
      try place(data, at: file.path)
    }
  }
}

/// What is missing of a file; nothing where it stands in its place.
private struct Missing: Sendable {
  let data: Data?
}
