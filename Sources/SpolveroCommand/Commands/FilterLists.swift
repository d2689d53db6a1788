import Augmentation
import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets

/// What a filter leaves in a dataset's folder: two lists, and a line an image that says why.
struct FilterLists {
  /// A line of `filter.jsonl`.
  struct Line: Encodable {
    let image, by: String
    /// nil for an image that could not be judged.
    let score: Double?
    let kept: Bool
  }

  static let file = "filter.jsonl"
  private let images: FilterImages
  private let dataset: SegmentationDataset
  private let lines: [Line]
  private let kept: Set<Int>

  init(
    _ images: FilterImages, _ dataset: SegmentationDataset, by criterion: FilterCriterion,
    scores: [Double?], kept: Set<Int>
  ) {
    (self.images, self.dataset, self.kept) = (images, dataset, kept)
    lines = images.records.indices.map {
      Self.line(images.records[$0], criterion, scores[$0], kept.contains($0))
    }
  }

  static func line(
    _ record: LedgerRecord, _ criterion: FilterCriterion, _ score: Double?, _ kept: Bool
  ) -> Line {
    Line(image: record.image, by: criterion.rawValue, score: score, kept: kept)
  }

  /// Writes why first, so that a list never stands without its reasons.
  func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let reasons = try lines.reduce(into: Data()) {
      $0.append(try encoder.encode($1) + Data("\n".utf8))
    }
    try writeAtomically(reasons, to: images.root.appending(path: Self.file))
    let generated = Set(images.records.map(\.name))
    let chosen = kept.sorted().map { images.records[$0].name }
    let originals = dataset.entries.map(\.stem).filter { !generated.contains($0) }
    for (split, stems) in [("generated_kept", chosen), ("kept", originals + chosen)] {
      let list = dataset.root.appending(path: dataset.layout.listPath(of: split))
      try writeAtomically(Data(stems.map { $0 + "\n" }.joined().utf8), to: list)
    }
  }
}
