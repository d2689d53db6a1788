import DurableFiles
package import Foundation

/// The folder that a run writes: whole at any moment, and one run's own.
///
/// Files are gathered in `.spolvero/`, reach the disk, and only then get their names. The run's identity is
/// the first file. The folder itself carries the lock that keeps a second run out, so that no lock
/// file is ever left behind.
package final class OutputFolder: Sendable {
  package let root: URL
  /// Whether no run has claimed the folder before.
  package let isNew: Bool
  private let identity: RunIdentity
  private let files: any OutputFiles
  private let lock: FolderLock
  /// Whether the folder was there before this value.
  private let wasThere: Bool
  static let identityPath = "spolvero.json"
  private var scratch: URL { root.appendingPathComponent(".spolvero") }

  /// Opens a new folder, or one in which the same run was started before. Nothing is written into it
  /// before ``claim()``.
  ///
  /// - Throws: ``AugmentationError`` when the folder holds something else, another run, or a run that
  ///   is still going; the folder is untouched then.
  package init(at root: URL, for identity: RunIdentity, files: any OutputFiles = Disk()) throws {
    self.root = root
    self.identity = identity
    self.files = files
    wasThere = FileManager.default.fileExists(atPath: root.path)
    try files.makeFolder(root)
    guard unsafe access(root.path, W_OK) == 0 else { throw AugmentationError.writing(root, errno) }
    lock = try FolderLock(root)
    isNew = !FileManager.default.fileExists(atPath: root.path + "/" + Self.identityPath)
    if isNew { try refuseContents() } else { try compare(with: identity) }
  }

  /// Makes the folder this run's own.
  package func claim() throws {
    do {
      try clearScratch()
      try files.makeFolder(scratch)
      if isNew { try place(JSONEncoder.stable.encode(identity), at: Self.identityPath) }
      for folder in ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"] {
        try files.makeFolder(root.appendingPathComponent(folder))
      }
    } catch {
      try? clearScratch()
      throw error
    }
  }

  /// Leaves nothing of a folder that was not claimed.
  package func abandon() {
    if !wasThere { try? files.remove(root) }
  }

  /// Puts a whole file in its place, or nothing.
  package func place(_ data: Data, at path: String) throws {
    let destination = root.appendingPathComponent(path)
    let partial = scratch.appendingPathComponent(destination.lastPathComponent + ".partial")
    do {
      try files.write(data, to: partial, for: destination)
      try files.rename(partial, to: destination)
    } catch {
      try? files.remove(partial)
      throw error
    }
  }

  /// Puts a file in its place unless these very bytes are there already.
  package func placeIfNeeded(_ data: Data, at path: String) throws {
    if try read(path) != data { try place(data, at: path) }
  }

  /// Adds whole lines to a file, or nothing.
  package func append(_ data: Data, at path: String) throws {
    try files.append(data, to: root.appendingPathComponent(path))
  }

  /// The bytes of a file, or nil where none is.
  package func read(_ path: String) throws -> Data? {
    let url = root.appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do { return try Data(contentsOf: url) } catch {
      throw AugmentationError(
        .inputOutput, "\(url.path): this file cannot be read (\(error.localizedDescription))")
    }
  }

  /// Whether a file is there with the bytes that have this SHA-256.
  package func holds(_ path: String, sha256: String) throws -> Bool {
    try read(path)?.sha256 == sha256
  }

  /// Removes what a stopped run may have left halfway, and the folder for it.
  package func clearScratch() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: scratch.path)) ?? []
    for name in names where name.hasSuffix(".partial") {
      try files.remove(scratch.appendingPathComponent(name))
    }
    try files.remove(scratch)
  }

  private func compare(with identity: RunIdentity) throws {
    guard let data = try read(Self.identityPath),
      let there = try? JSONDecoder().decode(RunIdentity.self, from: data)
    else {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path)/\(Self.identityPath): not the description of a run. Choose a new folder with "
          + "--output.")
    }
    let differences = try there.differences(from: identity)
    guard differences.isEmpty else {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path): this folder holds a run with other settings: "
          + differences.prefix(5).joined(separator: "; ")
          + (differences.count > 5 ? "; and \(differences.count - 5) more" : "")
          + ". Choose another folder with --output, or give that run's settings to go on with it.")
    }
  }

  private func refuseContents() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    if let foreign = names.first(where: { $0 != ".spolvero" }) {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path): this folder holds something else, '\(foreign)' for one, and no run of "
          + "spolvero. Nothing was changed. Choose a new or empty folder with --output.")
    }
  }
}

/// A folder that this process has for itself.
private final class FolderLock: Sendable {
  private let descriptor: FileDescriptor

  init(_ root: URL) throws {
    do {
      descriptor = try FileDescriptor(opening: root, O_RDONLY)
    } catch {
      throw AugmentationError.writing(root, error.code.rawValue)
    }
    guard descriptor.lock() else {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path): another run is writing to this folder. Wait for it, or choose another --output."
      )
    }
  }
}
