import DurableFiles
import Foundation

/// The output's `ledger.jsonl`: a line for each finished image, of a finished run in the plan's order, and one for each
/// setup, what its images share, before the first that names it. That of a shard has the lines of one start, and stands in
/// its own folder until all shards' are brought together.
///
/// A line is written after its image and mask. So an image without a line is not finished, and a line
/// counts only while both files have the bytes that it names. Lines stay on the disk: a run of many images takes no more
/// memory for them than where they stand.
package struct Ledger: ~Copyable {
  package static let path = LedgerRecord.file

  private let folder: OutputFolder
  private let images: [Int]
  private var places = LedgerPlaces()
  /// What writes the lines of the file to which they are added.
  private var writer = LedgerWriter()
  /// That file's length.
  private var length = 0

  /// Finds out what is finished; lines that are torn, foreign or no longer true do not count.
  ///
  /// - Parameters:
  ///   - images: The places in the plan of the images that are asked about, ascending.
  ///   - check: Called between two images, on any thread; what it throws ends the reading.
  ///   - place: Says which place a line is about, if it is true; called on any thread.
  package init(
    of images: [Int], in folder: OutputFolder, check: @Sendable () throws -> Void,
    recovering place: @Sendable (LedgerRecord) throws -> Int?
  ) throws {
    (self.folder, self.images) = (folder, images)
    for path in try ShardFolders(root: folder.root, files: folder.files).ledgers() {
      let end = try places.read(path, in: folder, check: check, recovering: place)
      if path == folder.ledgerPath { length = end }
    }
  }

  /// How many images are finished.
  package var count: Int { places.images.count }

  /// The places of the images that are not finished, ascending.
  package var missing: [Int] { images.filter { places.images[$0] == nil } }

  /// Puts the lines that are true in the plan's order, in the file of the whole run.
  package mutating func mend() throws {
    let mended = places.inOrder(at: Self.path)
    if try !isMended() {
      try folder.place(
        places.order.reduce(into: Data()) { $0 += try folder.read($1) + Data("\n".utf8) },
        at: Self.path)
    }
    (places, length) = mended
    writer = LedgerWriter(after: places.setups.keys)
  }

  /// Whether the file of the whole run has these lines in their order and nothing else, as after a run that made one
  /// image after another.
  private func isMended() throws -> Bool {
    var end = 0
    for line in places.order {
      guard line.path == Self.path, line.range.lowerBound == end else { return false }
      end = line.range.upperBound + 1
    }
    if end == 0 { return try folder.read(Self.path) == Data() }
    let url = folder.root.appendingPathComponent(Self.path)
    return try folder.files.read(url, at: end - 1, count: 2)?.count == 1
  }

  /// Adds the line of an image that was just finished, after that of its setup if the file has none.
  package mutating func add(_ record: LedgerRecord, at place: Int) throws {
    var next = writer
    let lines = try next.lines(of: record)
    let setup = lines.setup ?? Data()
    try folder.append(setup + lines.image, at: folder.ledgerPath)
    writer = next
    if !setup.isEmpty { places.setups[lines.setupName] = nextLine(setup) }
    places.images[place] = .init(line: nextLine(lines.image), setup: lines.setupName)
  }

  private mutating func nextLine(_ text: Data) -> LedgerPlaces.Line {
    defer { length += text.count }
    return .init(path: folder.ledgerPath, range: length..<length + text.count - 1)
  }
}

extension OutputFolder {
  fileprivate func read(_ line: LedgerPlaces.Line) throws -> Data {
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
    (expected.setup.paintedOn, expected.setup.generator) = (setup.paintedOn, setup.generator)
    expected.entry.painted = entry.painted
    (expected.entry.imageSHA256, expected.entry.maskSHA256) = (entry.imageSHA256, entry.maskSHA256)
    expected.entry.instancesSHA256 = entry.instancesSHA256
    if entry.instancesSHA256 == nil { expected.entry.instances = nil }
    expected.entry.fit = entry.fit
    if let attempt = entry.attempt, attempt > 0 { expected.attempt(attempt) }
    guard self == expected else { return false }
    return try files.allSatisfy { try folder.holds($0.path, sha256: $0.sha256) }
  }
}
