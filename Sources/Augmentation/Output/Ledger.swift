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
  private var lines: [Int: LinePlace]
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
    var (lines, length) = ([Int: LinePlace](), 0)
    for path in try ShardFolders(root: folder.root, files: folder.files).ledgers() {
      let url = folder.root.appendingPathComponent(path)
      try folder.files.forEachPiece(of: url) { piece in
        let finished = try concurrentMap(piece.lines.count, check: check) { number -> Int? in
          try LedgerRecord(piece.text[piece.lines[number]]).flatMap(place)
        }
        for (range, place) in zip(piece.lines, finished) {
          guard let place, lines[place] == nil else { continue }
          lines[place] = LinePlace(
            path: path,
            range: piece.offset + range.lowerBound..<piece.offset + range.upperBound)
        }
        if path == folder.ledgerPath { length = piece.end }
      }
    }
    (self.lines, self.length) = (lines, length)
  }

  /// How many images are finished.
  package var count: Int { lines.count }

  /// The places of the images that are not finished, ascending.
  package var missing: [Int] { places.filter { lines[$0] == nil } }

  /// Puts the lines that are true in the plan's order, in the file of the whole run.
  package mutating func mend() throws {
    if try isMended() { return }
    var (text, mended) = (Data(), [Int: LinePlace]())
    for place in lines.keys.sorted() {
      guard let line = lines[place] else { continue }
      let start = text.count
      text += try folder.read(line) + Data("\n".utf8)
      mended[place] = LinePlace(path: Self.path, range: start..<text.count - 1)
    }
    try folder.place(text, at: Self.path)
    (lines, length) = (mended, text.count)
  }

  /// Whether the file of the whole run has these lines in the plan's order and nothing else, as after a run that made one
  /// image after another.
  private func isMended() throws -> Bool {
    var end = 0
    for place in lines.keys.sorted() {
      guard let line = lines[place], line.path == Self.path, line.range.lowerBound == end else {
        return false
      }
      end = line.range.upperBound + 1
    }
    if end == 0 { return try folder.read(Self.path) == Data() }
    let url = folder.root.appendingPathComponent(Self.path)
    return try folder.files.read(url, at: end - 1, count: 2)?.count == 1
  }

  /// Adds the line of an image that was just finished.
  package mutating func add(_ record: LedgerRecord, at place: Int) throws {
    let line = try Self.line(record)
    try folder.append(line, at: folder.ledgerPath)
    lines[place] = LinePlace(
      path: folder.ledgerPath, range: length..<length + line.count - 1)
    length += line.count
  }

  static func line(_ record: LedgerRecord) throws -> Data {
    try JSONEncoder.stable.encode(record) + Data("\n".utf8)
  }
}

/// Where a line stands, without its end.
private struct LinePlace {
  let path: String
  let range: Range<Int>
}

extension OutputFolder {
  fileprivate func read(_ line: LinePlace) throws -> Data {
    let url = root.appendingPathComponent(line.path)
    return try files.read(url, at: line.range.lowerBound, count: line.range.count) ?? Data()
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
