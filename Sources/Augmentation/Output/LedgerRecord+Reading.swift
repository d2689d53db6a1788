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
    var records: [LedgerRecord] = []
    try forEach(in: root) { records.append($0) }
    return records
  }

  /// Goes through a ledger as ``all(in:)`` reads it, a record at a time.
  static func forEach(in root: URL, _ body: (LedgerRecord) throws -> Void) throws {
    var names: Set<String> = []
    for path in try ShardFolders(root: root, files: Disk()).ledgers() {
      try forEachLine(in: root.appendingPathComponent(path)) { record in
        if names.insert(record.image).inserted { try body(record) }
      }
    }
    if names.isEmpty { throw try absence(in: root) }
  }

  private static func absence(in root: URL) throws -> AugmentationError {
    let url = root.appendingPathComponent(file)
    // A run that has not finished its first image has no ledger yet.
    guard try Disk().kind(of: url) != nil || UnfinishedRun.owns(root) else {
      return AugmentationError(
        .noInput, "\(url.path): there is no ledger. Give the output folder of 'spolvero augment'.")
    }
    return AugmentationError(
      .badData, "\(url.path): no image is finished yet. Let 'spolvero augment' paint some.")
  }

  private static func forEachLine(in url: URL, _ body: (LedgerRecord) throws -> Void) throws {
    let lines = try (Disk().read(url) ?? Data()).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).dropLast()
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let record: LedgerRecord
      do { record = try JSONDecoder().decode(LedgerRecord.self, from: Data(line)) } catch {
        let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
        throw AugmentationError(
          .badData,
          "\(url.path), line \(index + 1): this is no record of an image\(reason). Give the "
            + "augmentation's command again: it mends the ledger.")
      }
      try body(record)
    }
  }

  /// Goes through the records in all ledgers of a run's folder, those of shards too; lines that are torn are left out, and
  /// nothing says that the images are still there.
  static func forEachClaimed(
    in root: URL, _ files: any OutputFiles, _ body: (LedgerRecord) throws -> Void
  ) throws {
    for path in try ShardFolders(root: root, files: files).ledgers() {
      let text = try files.read(root.appendingPathComponent(path)) ?? Data()
      for line in text.split(separator: UInt8(ascii: "\n")) {
        if let record = LedgerRecord(line: line) { try body(record) }
      }
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
