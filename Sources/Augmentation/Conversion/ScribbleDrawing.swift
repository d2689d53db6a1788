import DurableFiles
public import Foundation
import ImageFiles
public import SegmentationDatasets

/// Draws scribbles of a dataset's masks, a PNG for each photograph.
///
/// It may be stopped at any moment: the same started again goes on, and ends with the folder that an unbroken one gives.
public struct ScribbleDrawing: Sendable {
  /// What decides the result, as `scribbles.json` has it.
  private struct Identity: Encodable {
    let settings: ScribbleSettings
    let hasColours: Bool
    /// SHA-256 over the names and contents of all masks.
    let masks: String
    let classes: ClassList
  }

  /// So many are drawn before any is written.
  private static let chunk = 64

  private let dataset: SegmentationDataset
  private let entries: [SegmentationDataset.Entry]
  private let settings: ScribbleSettings
  private let hasColours: Bool
  private let identity: Identity
  /// What is wrong with the photographs that are left out.
  public let skipped: [DatasetProblem]

  /// How many photographs there are.
  public var count: Int { entries.count }

  /// Reads and checks everything; nothing is written yet.
  ///
  /// - Parameters:
  ///   - dataset: Photographs with whole masks.
  ///   - settings: How scribbles are drawn.
  ///   - hasColours: Whether the PNGs have the classes' colours, as a palette of their ids, or are grey ids.
  ///   - skipsInvalid: Whether to go on without photographs that cannot be used.
  ///   - check: Called between two files, on any thread; what it throws ends the reading.
  /// - Throws: `DatasetError` with all that is wrong with the files.
  public init(
    of dataset: SegmentationDataset, _ settings: ScribbleSettings, hasColours: Bool,
    skippingInvalid skipsInvalid: Bool = false, check: @Sendable () throws -> Void = {}
  ) throws {
    let scan = try dataset.scan(check: check)
    skipped = try scan.settle(skippingInvalid: skipsInvalid)
    (self.dataset, self.settings, self.hasColours) = (dataset, settings, hasColours)
    entries = dataset.entries.filter { scan.images[$0.stem] != nil }
    let digest = entries.flatMap { [$0.stem, scan.images[$0.stem]?.hashes.mask ?? ""] }
    identity = Identity(
      settings: settings, hasColours: hasColours,
      masks: Data(digest.joined(separator: "\n").utf8).sha256, classes: dataset.classes)
  }

  /// Draws what is missing, `<stem>.png` each.
  ///
  /// - Parameters:
  ///   - output: The folder: new, empty, or of the same drawing.
  ///   - interruption: Ends the work between two images when somebody asks for it.
  ///   - progress: Called after each image with the number of those done and of all.
  /// - Throws: ``AugmentationError`` for a folder that holds something else, and what reading and writing throw. What
  ///   was finished is kept.
  public func write(
    to output: URL, interruption: Interruption,
    progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    try output.refuse(inside: dataset.root)
    let folder = try ConversionFolder(
      at: output, for: identity, in: "scribbles.json",
      otherwise: "scribbles of another dataset, or of what this one was, or other ones",
      files: Disk())
    defer { try? folder.clearScratch() }
    for first in stride(from: 0, to: entries.count, by: Self.chunk) {
      let chunk = Array(entries[first..<min(first + Self.chunk, entries.count)])
      let drawn = try concurrentMap(chunk.count, check: interruption.check) { place in
        try folder.files.kind(of: output.appending(path: "\(chunk[place].stem).png")) == nil
          ? self.drawn(chunk[place]) : Data()
      }
      for (place, data) in drawn.enumerated() {
        if !data.isEmpty { try folder.place(data, at: "\(chunk[place].stem).png") }
        progress(first + place + 1, entries.count)
      }
    }
  }

  private func drawn(_ entry: SegmentationDataset.Entry) throws -> Data {
    var labels = try entry.mask.labels()
      .scribbles(settings, dataset.classes.encoding, named: entry.stem)
    labels.palette = hasColours ? dataset.classes.palette : []
    return try labels.pngData()
  }
}
