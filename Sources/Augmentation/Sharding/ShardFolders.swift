import DurableFiles
import Faults
import Foundation

/// The folders in `.spolvero/` in which shards keep what is not brought together yet: the lines of their images.
///
/// Each start of a shard has a folder of its own, with a name that no other has. So two processes never write to one
/// file, on file systems without locks either.
struct ShardFolders {
  let root: URL
  let files: any OutputFiles

  /// The folder in a run's folder for what is not finished.
  static let parent = ".spolvero"
  /// What all shards of a run know of each other.
  static let inventoryPath = parent + "/\(RunInventory.file)"

  /// The path of a folder for this start of a shard.
  static func newPath(of shard: Shard) -> String {
    let unique = String(UInt64.random(in: 0...(.max)), radix: 36)
    return "\(parent)/\(prefix(of: shard)).\(unique)"
  }

  /// The path of the file whose lock a process has while it makes a shard.
  static func lockPath(of shard: Shard) -> String { "\(parent)/\(prefix(of: shard)).lock" }

  private static func prefix(of shard: Shard) -> String { "\(shard.number)-of-\(shard.count)" }

  /// The paths of all ledgers, that of the whole run first; some may be absent.
  func ledgers() throws -> [String] {
    try [LedgerRecord.file] + folders().map { "\($0)/\(LedgerRecord.file)" }
  }

  /// Removes what shards have left, once it is brought together. What somebody else put there stays.
  func remove() throws {
    for folder in try folders() {
      let names = try files.names(in: root.appendingPathComponent(folder)) ?? []
      for name in names where name == LedgerRecord.file || name.hasSuffix(".partial") {
        try files.remove(root.appendingPathComponent("\(folder)/\(name)"))
      }
      try removeIfEmpty(folder)
    }
    for name in try names()
    where name == RunInventory.file || name.wholeMatch(of: /[0-9]+-of-[0-9]+\.lock/) != nil {
      try files.remove(root.appendingPathComponent("\(Self.parent)/\(name)"))
    }
    try removeIfEmpty(Self.parent)
  }

  private func folders() throws -> [String] {
    try names().filter { $0.wholeMatch(of: /[0-9]+-of-[0-9]+\.[0-9a-z]+/) != nil }
      .map { "\(Self.parent)/\($0)" }
      .filter { try files.kind(of: root.appendingPathComponent($0)) == .folder }
  }

  private func names() throws -> [String] {
    let parent = root.appendingPathComponent(Self.parent)
    guard try files.kind(of: parent) == .folder else { return [] }
    return try files.names(in: parent) ?? []
  }

  private func removeIfEmpty(_ path: String) throws {
    let url = root.appendingPathComponent(path)
    if try files.names(in: url)?.isEmpty ?? false { try files.remove(url) }
  }
}
