import DurableFiles
import Faults
public import Foundation

extension LedgerRecord {
  /// Reads a ledger, also while a run writes it: a last line without its end is left out. Of a run whose shards are not
  /// brought together it is what all of them have finished.
  ///
  /// - Parameter root: The output folder.
  /// - Returns: At least one record, each image once, in the ledger's order.
  /// - Throws: ``AugmentationError`` when the ledger is absent, unreadable, empty or damaged.
  public static func all(in root: URL) throws -> [LedgerRecord] {
    var names: Set<String> = []
    let records = try ShardFolders(root: root, files: Disk()).ledgers()
      .flatMap { try Self.records(in: root.appendingPathComponent($0)) }
      .filter { names.insert($0.image).inserted }
    if !records.isEmpty { return records }
    let url = root.appendingPathComponent(file)
    // A run that has not finished its first image has no ledger yet.
    guard try Disk().kind(of: url) != nil || UnfinishedRun.owns(root) else {
      throw AugmentationError(
        .noInput, "\(url.path): there is no ledger. Give the output folder of 'spolvero augment'.")
    }
    throw AugmentationError(
      .badData, "\(url.path): no image is finished yet. Let 'spolvero augment' paint some.")
  }

  private static func records(in url: URL) throws -> [LedgerRecord] {
    let lines = try (Disk().read(url) ?? Data()).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).dropLast()
    return try lines.enumerated().filter { !$1.isEmpty }.map { index, line in
      do { return try JSONDecoder().decode(LedgerRecord.self, from: Data(line)) } catch {
        let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
        throw AugmentationError(
          .badData,
          "\(url.path), line \(index + 1): this is no record of an image\(reason). Give the "
            + "augmentation's command again: it mends the ledger.")
      }
    }
  }

  /// Goes through the records in all ledgers of a run's folder, those of shards too; lines that are torn are left out, and
  /// nothing says that the images are still there.
  static func forEachClaimed(
    in root: URL, _ files: any OutputFiles, _ body: (LedgerRecord) throws -> Void
  ) throws {
    for line in try lines(in: root, files) {
      if let record = LedgerRecord(line: line) { try body(record) }
    }
  }

  /// The lines of all ledgers in a run's folder, whole or not.
  static func lines(in root: URL, _ files: any OutputFiles) throws -> [Data] {
    try ShardFolders(root: root, files: files).ledgers().flatMap { path in
      try (files.read(root.appendingPathComponent(path)) ?? Data())
        .split(separator: UInt8(ascii: "\n"))
    }
  }

  /// What a line says; nil for one that is torn.
  init?(line: Data) {
    guard let record = try? JSONDecoder().decode(LedgerRecord.self, from: Data(line)) else {
      return nil
    }
    self = record
  }
}
