import DiffusionPipelines
import DurableFiles
import Faults
public import Foundation
import SegmentationDatasets

/// Puts the folders of shards together, each of which had one of its own: the result is the folder that one run gives.
///
/// Nothing of the shards' folders is changed. A merging may be stopped at any moment, and the same one goes on.
public struct ShardMerge {
  /// A file of the result, and the folder that has it.
  private struct Piece {
    let record: LedgerRecord
    let part: URL
  }

  private let parts: [URL]
  private let identity: RunIdentity
  private let inventory: RunInventory
  private let files: any OutputFiles
  /// The finished images by their paths.
  private let pieces: [String: Piece]

  /// How many images the result will have, originals included.
  public var count: Int { inventory.originals.count + inventory.images.count }

  /// Reads what the folders have; no image is opened yet.
  ///
  /// - Parameters:
  ///   - parts: The output folders of shards, at least one.
  ///   - check: Called between two folders.
  /// - Throws: ``AugmentationError`` for a folder that is none of a shard, or is one of another run; and when something is
  ///   in none of them.
  public init(of parts: [URL], check: () throws -> Void = {}) throws {
    precondition(!parts.isEmpty, "ShardMerge: no folder is no run")
    (self.parts, files) = (parts, Disk())
    identity = try Self.identity(of: parts[0], files)
    inventory = try Self.inventory(of: parts, files)
    var pieces: [String: Piece] = [:]
    for part in parts {
      try check()
      try identity.require(Self.identity(of: part, files), in: parts[0])
      try LedgerRecord.forEachClaimed(in: part, files) { (line: LedgerImageLine, setups) in
        // A line without its setup is torn, too.
        guard let record = try? line.record(with: setups) else { return }
        pieces[record.image] = Piece(record: record, part: part)
      }
    }
    self.pieces = pieces
    try requireAll()
  }

  private static func identity(
    of part: URL, _ files: any OutputFiles
  ) throws -> RunIdentity {
    let data = try files.read(part.appendingPathComponent(OutputFolder.identityPath))
    guard let identity = data.flatMap({ RunIdentity(decoding: $0) }) else {
      throw AugmentationError(
        .noInput, "\(part.path): this is no folder that 'spolvero augment' has written.")
    }
    return identity
  }

  /// What the first folder knows that has not been brought together: a shard that makes all images by itself, as with more
  /// shards than images, leaves a dataset.
  private static func inventory(
    of parts: [URL], _ files: any OutputFiles
  ) throws -> RunInventory {
    for part in parts {
      let data = try files.read(part.appendingPathComponent(ShardFolders.inventoryPath))
      if let inventory = try? data.map({ try JSONDecoder().decode(RunInventory.self, from: $0) }) {
        return inventory
      }
    }
    throw AugmentationError(
      .badData,
      "\(parts[0].path): this folder is whole already, or not a shard's. Shards are made with a number of their own, in "
        + "folders of their own", remedies: [Remedy(.shard)])
  }

  private func requireAll() throws {
    let absent = inventory.images.filter { pieces[$0] == nil }
    if let first = absent.first {
      throw AugmentationError(
        .badData,
        "\(absent.count) of \(inventory.images.count) images are not finished in any of these folders, \(first) for one. "
          + "Name the folders of all shards, and give the commands of those that were stopped again."
      )
    }
  }

  /// Writes what is missing.
  ///
  /// - Parameters:
  ///   - output: The folder: new, empty, or of the same run.
  ///   - interruption: Ends the writing between two images when somebody asks for it.
  ///   - progress: Called after each image with the number of those done and of all.
  /// - Throws: ``AugmentationError`` for a folder that holds something else, for a file of a shard that is not what its
  ///   ledger says, and for what reading and writing throw. What was finished is kept.
  public func write(
    to output: URL, interruption: Interruption,
    progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    for part in parts { try output.refuse(inside: part, called: "a shard's folder") }
    let folder = try OutputFolder(at: output, files: files)
    try folder.claim(for: identity)
    defer { try? folder.clearScratch() }
    var done = 0
    func advance() throws {
      done += 1
      progress(done, count)
      try interruption.check()
    }
    var batch = FileBatch(in: folder)
    for original in inventory.originals {
      try place(original, in: &batch)
      try advance()
    }
    let pieces = inventory.images.compactMap { self.pieces[$0] }
    for piece in pieces {
      try place(piece, in: &batch)
      try advance()
    }
    try batch.finish()
    try finish(folder, pieces.map(\.record))
  }

  private func finish(_ folder: OutputFolder, _ records: [LedgerRecord]) throws {
    if let skipped = try first(SkippedRecord.file) {
      try folder.placeIfNeeded(skipped, at: SkippedRecord.file)
    }
    try folder.placeIfNeeded(LedgerWriter.text(of: records), at: Ledger.path)
    let named = DatasetLayouts.named(identity.layout) ?? VOCLayout()
    try RunLists(layout: named.fitted(to: folder.root), classes: identity.classes).write(
      originals: inventory.originals.map { .init($0, below: folder.root) },
      generated: records.map { .init($0, below: folder.root) },
      sets: (identity.settings.encodeRatios ?? []).map { ratio in
        let set = records.filter { $0.settings.sampling.start == .encodedImage(ratio: ratio) }
        return (ratio, set.map { .init($0, below: folder.root) })
      }, to: folder)
  }

  private func place(_ piece: Piece, in batch: inout FileBatch<OutputFolder>) throws {
    for (path, hash) in piece.record.files {
      if try batch.folder.holds(path, sha256: hash) { continue }
      let data = try files.read(piece.part.appendingPathComponent(path))
      guard let data, data.sha256 == hash else {
        throw AugmentationError(
          .badData,
          "\(piece.part.path)/\(path): this file is missing or not what the ledger says. Give that shard's command "
            + "again: it mends its folder.")
      }
      try batch.place(data, at: path)
    }
  }

  private func place(
    _ original: RunInventory.Original, in batch: inout FileBatch<OutputFolder>
  ) throws {
    for path in original.paths {
      guard let data = try first(path) else {
        throw AugmentationError(
          .badData,
          "\(path): this file of the dataset is in none of the folders. Name the folders of all shards, and give the "
            + "commands of those that were stopped again.")
      }
      if try batch.folder.read(path) != data { try batch.place(data, at: path) }
    }
  }

  /// The bytes of a file in the first folder that has it.
  private func first(_ path: String) throws -> Data? {
    for part in parts {
      if let data = try files.read(part.appendingPathComponent(path)) { return data }
    }
    return nil
  }
}
