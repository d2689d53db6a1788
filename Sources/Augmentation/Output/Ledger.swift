import DurableFiles
import Foundation

/// The output's `ledger.jsonl`: a line for each finished image, of a finished run in the plan's order. That of a shard has
/// the lines of one start, and stands in its own folder until all shards' are brought together.
///
/// A line is written after its image and mask. So an image without a line is not finished, and a line
/// counts only while both files have the bytes that it names.
package struct Ledger: ~Copyable {
  package static let path = LedgerRecord.file

  private let folder: OutputFolder
  private let places: [Int]
  private var lines: [Int: Data] = [:]

  /// Finds out what is finished, and drops lines that are torn, foreign or no longer true.
  ///
  /// - Parameters:
  ///   - expected: The records of all planned images in order. The size painted at, what painted it, in which
  ///     attempt, the hashes of what came out and its fit are known from the lines alone.
  ///   - places: The places of the images that are asked about; nil for all.
  ///   - check: Called between two images, on any thread; what it throws ends the reading.
  package init(
    recovering expected: [LedgerRecord], at places: [Int]? = nil, in folder: OutputFolder,
    check: @Sendable () throws -> Void
  ) throws {
    self.folder = folder
    self.places = places ?? Array(expected.indices)
    let indices = Dictionary(self.places.map { (expected[$0].image, $0) }) { first, _ in first }
    let found = try LedgerRecord.lines(in: folder.root, folder.files)
    let finished = try concurrentMap(found.count, check: check) { number -> (Int, Data)? in
      guard let record = LedgerRecord(line: found[number]), let place = indices[record.image],
        try Self.isFinished(record, as: expected[place], in: folder)
      else { return nil }
      return (place, try Self.line(record))
    }
    lines = Dictionary(finished.compactMap(\.self)) { first, _ in first }
  }

  /// How many of some images have no line, whatever became of the others since they got theirs.
  static func unclaimedCount(
    of expected: [LedgerRecord], in folder: OutputFolder, check: () throws -> Void
  ) throws -> Int {
    var unclaimed = Set(expected.map(\.image))
    try LedgerRecord.forEachClaimed(in: folder.root, folder.files) { record in
      try check()
      unclaimed.remove(record.image)
    }
    return unclaimed.count
  }

  /// How many images are finished.
  package var count: Int { lines.count }

  /// The places of the images that are not finished, ascending.
  package var missing: [Int] { places.filter { lines[$0] == nil } }

  /// Puts the lines that are true in the plan's order, in the file of the whole run.
  package func mend() throws {
    let text = lines.keys.sorted().reduce(into: Data()) { $0.append(lines[$1] ?? Data()) }
    try folder.placeIfNeeded(text, at: Self.path)
  }

  /// Adds the line of an image that was just finished.
  package mutating func add(_ record: LedgerRecord, at index: Int) throws {
    let line = try Self.line(record)
    lines[index] = line
    try folder.append(line, at: folder.ledgerPath)
  }

  static func line(_ record: LedgerRecord) throws -> Data {
    try JSONEncoder.stable.encode(record) + Data("\n".utf8)
  }

  private static func isFinished(
    _ record: LedgerRecord, as expected: LedgerRecord, in folder: OutputFolder
  ) throws -> Bool {
    var expected = expected
    expected.painted = record.painted
    (expected.paintedOn, expected.generator) = (record.paintedOn, record.generator)
    (expected.imageSHA256, expected.maskSHA256) = (record.imageSHA256, record.maskSHA256)
    expected.instancesSHA256 = record.instancesSHA256
    if record.instancesSHA256 == nil { expected.instances = nil }
    expected.fit = record.fit
    if let attempt = record.attempt, attempt > 0 { expected.attempt(attempt) }
    guard record == expected else { return false }
    return try record.files.allSatisfy { try folder.holds($0.path, sha256: $0.sha256) }
  }
}
