import DurableFiles
import Foundation

/// The output's `ledger.jsonl`: a line for each finished image, in the plan's order.
///
/// A line is written after its image and mask. So an image without a line is not finished, and a line
/// counts only while both files have the bytes that it names.
package struct Ledger: ~Copyable {
  package static let path = LedgerRecord.file

  private let folder: OutputFolder
  private var lines: [Int: Data] = [:]

  /// Finds out what is finished, and drops lines that are torn, foreign or no longer true.
  ///
  /// - Parameters:
  ///   - expected: The records of all planned images in order. The size painted at, what painted it, in which
  ///     attempt, the hashes of what came out and its fit are known from the lines alone.
  ///   - check: Called between two images; what it throws ends the reading.
  package init(
    recovering expected: [LedgerRecord], in folder: OutputFolder, check: () throws -> Void
  ) throws {
    self.folder = folder
    let indices = Dictionary(expected.enumerated().map { ($1.image, $0) }) { first, _ in first }
    let found = try folder.read(Self.path) ?? Data()
    for line in found.split(separator: UInt8(ascii: "\n")) {
      try check()
      guard let record = try? JSONDecoder().decode(LedgerRecord.self, from: Data(line)),
        let index = indices[record.image],
        try Self.isFinished(record, as: expected[index], in: folder)
      else { continue }
      lines[index] = try Self.line(record)
    }
    if text != found { try folder.place(text, at: Self.path) }
  }

  /// Whether the image at this place of the plan is finished.
  package func contains(_ index: Int) -> Bool { lines[index] != nil }

  /// How many images are finished.
  package var count: Int { lines.count }

  /// Adds the line of an image that was just finished.
  package mutating func add(_ record: LedgerRecord, at index: Int) throws {
    let isLast = lines.keys.allSatisfy { $0 < index }
    let line = try Self.line(record)
    lines[index] = line
    if isLast {
      try folder.append(line, at: Self.path)
    } else {
      // An image in the middle was made again: its line goes where the plan has it.
      try folder.place(text, at: Self.path)
    }
  }

  private var text: Data {
    lines.keys.sorted().reduce(into: Data()) { $0.append(lines[$1] ?? Data()) }
  }

  private static func line(_ record: LedgerRecord) throws -> Data {
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
    let files = [
      (record.image, record.imageSHA256), (record.mask, record.maskSHA256),
      (record.instances ?? "", record.instancesSHA256 ?? ""),
    ]
    return try files.allSatisfy { try $0.isEmpty || folder.holds($0, sha256: $1) }
  }
}
