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

  /// Goes through a ledger as ``all(in:)`` reads it, a line at a time.
  static func forEach<Line: LedgerLine>(in root: URL, _ body: (Line) throws -> Void) throws {
    var names: Set<String> = []
    for path in try ShardFolders(root: root, files: Disk()).ledgers() {
      try forEachLine(in: root.appendingPathComponent(path)) { (line: Line) in
        if names.insert(line.image).inserted { try body(line) }
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

  private static func forEachLine<Line: LedgerLine>(
    in url: URL, _ body: (Line) throws -> Void
  ) throws {
    var number = 0
    try Disk().forEachPiece(of: url) { piece in
      guard piece.isTerminated else { return }
      for range in piece.lines {
        number += 1
        if range.isEmpty { continue }
        let line: Line
        do { line = try JSONDecoder().decode(Line.self, from: piece.text[range]) } catch {
          throw damage(error, at: number, of: url)
        }
        try body(line)
      }
    }
  }

  private static func damage(_ error: any Error, at number: Int, of url: URL) -> AugmentationError {
    let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
    return AugmentationError(
      .badData,
      "\(url.path), line \(number): this is no record of an image\(reason). Give the "
        + "augmentation's command again: it mends the ledger.")
  }

  /// Goes through all ledgers of a run's folder, those of shards too; lines that are torn are left out, and nothing says
  /// that the images are still there.
  static func forEachClaimed<Line: LedgerLine>(
    in root: URL, _ files: any OutputFiles, _ body: (Line) throws -> Void
  ) throws {
    for path in try ShardFolders(root: root, files: files).ledgers() {
      try files.forEachPiece(of: root.appendingPathComponent(path)) { piece in
        for range in piece.lines {
          if let line = Line(piece.text[range]) { try body(line) }
        }
      }
    }
  }
}

/// What is read of a ledger's line: the whole record, or what is wanted of it.
protocol LedgerLine: Decodable {
  /// The image's path in the output folder.
  var image: String { get }
}

extension LedgerLine {
  /// What a line says; nil for one that is torn.
  init?(_ text: Data) {
    guard let line = try? JSONDecoder().decode(Self.self, from: text) else { return nil }
    self = line
  }
}

extension LedgerRecord: LedgerLine {}
