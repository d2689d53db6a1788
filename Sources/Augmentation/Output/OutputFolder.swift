import DurableFiles
import Faults
package import Foundation
import Synchronization

/// The folder that a run writes: whole at any moment, and one run's own.
///
/// The run's identity is the first file. The folder itself carries the lock that keeps a second run out. Shards share it,
/// and each has a lock of its own.
package final class OutputFolder: DurableFolder {
  package let root: URL
  /// What the run was begun as; nil in a folder that no run has claimed before.
  let begun: RunIdentity?
  package let files: any OutputFiles
  /// The part of the run that this process makes; nil for all of it.
  let shard: Shard?
  package let scratch: URL
  /// Where a finished image's line is added.
  let ledgerPath: String
  private let lock: FolderLock
  private let shardLock = Mutex<FileLock?>(nil)
  /// Whether the folder was there before this value.
  private let wasThere: Bool
  static let identityPath = "spolvero.json"

  /// Opens a new folder, or one in which the same run was started before. Nothing is written into it
  /// before ``claim(for:)``.
  ///
  /// - Throws: ``AugmentationError`` when the folder holds something else than a run, or a run that is still going; the
  ///   folder is untouched then.
  package init(at root: URL, shard: Shard? = nil, files: any OutputFiles = Disk()) throws {
    (self.root, self.shard, self.files) = (root, shard, files)
    let scratch = shard.map(ShardFolders.newPath) ?? ShardFolders.parent
    self.scratch = root.appendingPathComponent(scratch)
    ledgerPath = shard == nil ? LedgerRecord.file : "\(scratch)/\(LedgerRecord.file)"
    wasThere = try files.kind(of: root) != nil
    try files.makeFolder(root)
    lock = try Self.lock(root, isShared: shard != nil)
    // Another shard may begin the run after this: its files are not what the folder held before.
    let names = try files.names(in: root) ?? []
    let there = try files.read(root.appendingPathComponent(Self.identityPath))
    begun = try there.map { try Self.decode($0, in: root) }
    if begun == nil { try Self.refuse(names, in: root) }
  }

  /// Makes the folder this run's own.
  ///
  /// - Throws: ``AugmentationError`` when another run was begun here.
  package func claim(for identity: RunIdentity) throws {
    try require(identity)
    do {
      if shard == nil { try clearScratch() } else { _ = try ownsWorkshop() }
      try files.makeFolder(scratch)
      try lockShard()
      if begun == nil { try begin(identity) }
    } catch {
      try? clearScratch()
      throw error
    }
  }

  /// Writes what the run is. Another shard may have been faster, and must have begun the same.
  private func begin(_ identity: RunIdentity) throws {
    let data = try JSONEncoder.stable.encode(identity)
    let there = try placeFirst(data, at: Self.identityPath)
    if there != data { try Self.decode(there, in: root).require(identity, in: root) }
  }

  private func lockShard() throws {
    guard let shard else { return }
    let lock = try files.lock(root.appendingPathComponent(ShardFolders.lockPath(of: shard)))
    guard let lock else {
      throw AugmentationError(
        .busy,
        "\(root.path): shard \(shard) is being made by another process. Wait for it, or make another shard.",
        remedies: [Remedy(.shard)])
    }
    shardLock.withLock { $0 = lock }
  }

  /// Leaves nothing of a folder that was not claimed.
  package func abandon() {
    if !wasThere { try? files.remove(root) }
  }

  static func lock(_ root: URL, isShared: Bool = false) throws -> FolderLock {
    try writing(root) { () throws(POSIXError) in
      guard unsafe access(root.path, W_OK) == 0 else { throw .last }
    }
    let lock = try reading(root) { () throws(POSIXError) in try FolderLock(root, isShared: isShared)
    }
    guard let lock else {
      throw AugmentationError(
        .busy,
        "\(root.path): another run is writing to this folder. Wait for it, or choose another one.",
        remedies: [Remedy(.output)])
    }
    return lock
  }

  /// Makes sure that the run that was begun here is this one.
  ///
  /// - Throws: ``AugmentationError`` naming the first differences.
  func require(_ identity: RunIdentity) throws { try begun?.require(identity, in: root) }

  private static func decode(_ data: Data, in root: URL) throws -> RunIdentity {
    if let identity = RunIdentity(decoding: data) { return identity }
    throw AugmentationError(
      .cannotCreate,
      "\(root.path)/\(identityPath): not the description of a run that this version understands. "
        + "Choose a new output folder.", remedies: [Remedy(.output)])
  }

  /// Refuses a folder for a new run that holds other files than a run leaves before it begins.
  static func refuse(_ names: [String], in root: URL) throws {
    let own = [".spolvero", CaptionFile.name]
    if let foreign = names.first(where: { !own.contains($0) }) {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path): this folder holds something else, '\(foreign)' for one, and no run of "
          + "spolvero. Nothing was changed. Choose a new or empty folder.",
        remedies: [Remedy(.output)])
    }
  }
}

extension RunIdentity {
  /// Makes sure that a run is this one.
  ///
  /// - Throws: ``AugmentationError`` naming the first differences.
  func require(_ now: RunIdentity, in root: URL) throws {
    let differences = try differences(from: now)
    guard differences.isEmpty else {
      throw AugmentationError(
        .cannotCreate,
        "\(root.path): this folder holds a run with other settings: "
          + differences.prefix(5).joined(separator: "; ")
          + (differences.count > 5 ? "; and \(differences.count - 5) more" : "")
          + ". Choose another folder, or give that run's settings to go on with it.",
        remedies: [Remedy(.output)])
    }
  }
}
