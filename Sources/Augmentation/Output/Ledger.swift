import DurableFiles
import Foundation

/// The output's `ledger.jsonl`: a line for each finished image, of a finished run in the plan's order. That of a shard has
/// the lines of one start, and stands in its own folder until all shards' are brought together.
///
/// A line is written after its image and mask. So an image without a line is not finished, and a line
/// counts only while both files have the bytes that it names. Lines stay on the disk: a run of many images takes no more
/// memory for them than where they stand.
package struct Ledger: ~Copyable {
  package static let path = LedgerRecord.file

  private let folder: OutputFolder
  private let places: [Int]
  /// Where the line of each finished image stands, by the image's place in the plan.
  private var lines: [Int: LedgerLine] = [:]
  /// The length of the file to which lines are added.
  private var length: Int

  /// Finds out what is finished; lines that are torn, foreign or no longer true do not count.
  ///
  /// - Parameters:
  ///   - places: The places in the plan of the images that are asked about, ascending.
  ///   - check: Called between two images, on any thread; what it throws ends the reading.
  ///   - place: Says which place a line is about, if it is true; called on any thread.
  package init(
    of places: [Int], in folder: OutputFolder, check: @Sendable () throws -> Void,
    recovering place: @Sendable (LedgerRecord) throws -> Int?
  ) throws {
    (self.folder, self.places) = (folder, places)
    for path in try ShardFolders(root: folder.root, files: folder.files).ledgers() {
      let text = try folder.read(path) ?? Data()
      let ranges = text.lineRanges
      let finished = try concurrentMap(ranges.count, check: check) { number -> Int? in
        try LedgerRecord(line: text[ranges[number]]).flatMap(place)
      }
      for (range, place) in zip(ranges, finished) {
        guard let place, lines[place] == nil else { continue }
        lines[place] = LedgerLine(path: path, range: range)
      }
    }
    length = try folder.read(folder.ledgerPath)?.count ?? 0
  }

  /// How many images are finished.
  package var count: Int { lines.count }

  /// The places of the images that are not finished, ascending.
  package var missing: [Int] { places.filter { lines[$0] == nil } }

  /// Puts the lines that are true in the plan's order, in the file of the whole run.
  package mutating func mend() throws {
    var files: [String: Data] = [:]
    var (text, mended) = (Data(), [Int: LedgerLine]())
    for place in lines.keys.sorted() {
      guard let line = lines[place] else { continue }
      let file = try files[line.path] ?? folder.read(line.path) ?? Data()
      files[line.path] = file
      let start = text.count
      text += file[line.range] + Data("\n".utf8)
      mended[place] = LedgerLine(path: Self.path, range: start..<text.count - 1)
    }
    try folder.placeIfNeeded(text, at: Self.path)
    (lines, length) = (mended, text.count)
  }

  /// Adds the line of an image that was just finished.
  package mutating func add(_ record: LedgerRecord, at place: Int) throws {
    let line = try Self.line(record)
    try folder.append(line, at: folder.ledgerPath)
    lines[place] = LedgerLine(
      path: folder.ledgerPath, range: length..<length + line.count - 1)
    length += line.count
  }

  static func line(_ record: LedgerRecord) throws -> Data {
    try JSONEncoder.stable.encode(record) + Data("\n".utf8)
  }
}

/// Where a line stands, without its end.
private struct LedgerLine {
  let path: String
  let range: Range<Int>
}

extension Data {
  /// Where the lines that are not empty stand; the last one may lack its end.
  fileprivate var lineRanges: [Range<Int>] {
    split(separator: UInt8(ascii: "\n")).map { $0.startIndex..<$0.endIndex }
  }
}

extension LedgerRecord {
  /// Whether this is the record of a finished image whose files are still what it says.
  ///
  /// - Parameter expected: What is known of it beforehand. The size painted at, what painted it, in which attempt, the
  ///   hashes of what came out and its fit are known from the line alone.
  func isTrue(of expected: LedgerRecord, in folder: OutputFolder) throws -> Bool {
    var expected = expected
    expected.painted = painted
    (expected.paintedOn, expected.generator) = (paintedOn, generator)
    (expected.imageSHA256, expected.maskSHA256) = (imageSHA256, maskSHA256)
    expected.instancesSHA256 = instancesSHA256
    if instancesSHA256 == nil { expected.instances = nil }
    expected.fit = fit
    if let attempt, attempt > 0 { expected.attempt(attempt) }
    guard self == expected else { return false }
    return try files.allSatisfy { try folder.holds($0.path, sha256: $0.sha256) }
  }
}
