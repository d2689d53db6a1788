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
    try forEach(in: root) { (line: LedgerImageLine, setups) in
      records.append(try line.record(with: setups))
    }
    return records
  }

  /// Goes through a ledger as ``all(in:)`` reads it, an image's line at a time.
  ///
  /// - Parameter body: Gets the line, and the setups of the lines before by their names.
  static func forEach<Line: LedgerLine>(
    in root: URL, _ body: (Line, _ setups: [String: LedgerSetup]) throws -> Void
  ) throws {
    var names: Set<String> = []
    for path in try ShardFolders(root: root, files: Disk()).ledgers() {
      try forEachLine(in: root.appendingPathComponent(path)) { (line: Line, setups) in
        if names.insert(line.image).inserted { try body(line, setups) }
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
    in url: URL, _ body: (Line, [String: LedgerSetup]) throws -> Void
  ) throws {
    var (number, setups) = (0, [String: LedgerSetup]())
    try Disk().forEachPiece(of: url) { piece in
      guard piece.isTerminated else { return }
      for range in piece.lines {
        number += 1
        if range.isEmpty { continue }
        do {
          switch LedgerText<Line>(piece.text[range]) {
          case .image(let line): try body(line, setups)
          case .setup(let named): setups[named.name] = named.setup
          case .damaged(let error): throw error
          }
        } catch let error as DecodingError { throw damage(error, at: number, of: url) }
      }
    }
  }

  private static func damage(
    _ error: DecodingError, at number: Int, of url: URL
  ) -> AugmentationError {
    AugmentationError(
      .badData,
      "\(url.path), line \(number): this is no record of an image (\(summary(of: error))). Give the "
        + "augmentation's command again: it mends the ledger.")
  }

  /// Goes through all ledgers of a run's folder, those of shards too; lines that are torn are left out, and nothing says
  /// that the images are still there.
  ///
  /// - Parameter body: Gets the line, and the setups of the lines before by their names.
  static func forEachClaimed<Line: LedgerLine>(
    in root: URL, _ files: any OutputFiles,
    _ body: (Line, _ setups: [String: LedgerSetup]) throws -> Void
  ) throws {
    for path in try ShardFolders(root: root, files: files).ledgers() {
      var setups: [String: LedgerSetup] = [:]
      try files.forEachPiece(of: root.appendingPathComponent(path)) { piece in
        for range in piece.lines {
          switch LedgerText<Line>(piece.text[range]) {
          case .image(let line): try body(line, setups)
          case .setup(let named): setups[named.name] = named.setup
          case .damaged: continue
          }
        }
      }
    }
  }
}
