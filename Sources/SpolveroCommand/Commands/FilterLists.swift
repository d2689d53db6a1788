import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// What a filter leaves in a dataset's folder: two lists, and a line an image that says why.
struct FilterLists {
  /// A line of `filter.jsonl`.
  struct Line: Codable {
    let image, by: String
    /// nil for an image that could not be judged.
    let score: Double?
    let kept: Bool
    /// What somebody has decided about it.
    let decision: FilterDecisions.Decision?
  }

  static let file = "filter.jsonl"

  /// What a filter left in a folder; nil where none has.
  ///
  /// - Throws: `CommandError` for a file that is something else.
  static func lines(in root: URL) throws -> [Line]? {
    let url = root.appending(path: file)
    return try contents(of: url)?.split(separator: UInt8(ascii: "\n")).map { line in
      do { return try JSONDecoder().decode(Line.self, from: Data(line)) } catch {
        throw CommandError(
          .badData,
          "\(url.path): not what 'filter' writes. Remove the file, or let 'filter' write it anew.")
      }
    }
  }
  private let images: FilterImages
  private let dataset: SegmentationDataset
  private let criterion: FilterCriterion
  /// Why, by image.
  let lines: [Line]
  private let kept: Set<Int>

  init(
    _ images: FilterImages, _ dataset: SegmentationDataset, by criterion: FilterCriterion,
    scores: [Double?], decisions: FilterDecisions, kept: Set<Int>
  ) {
    (self.images, self.dataset, self.kept) = (images, dataset, kept)
    self.criterion = criterion
    lines = images.records.indices.map { place in
      Line(
        image: images.records[place].image, by: criterion.rawValue, score: scores[place],
        kept: kept.contains(place), decision: decisions.all[place])
    }
  }

  /// The names of the kept images, in their order.
  var names: [String] { kept.sorted().map { images.records[$0].name } }

  /// How many were kept, and how good they are.
  var summary: [String] {
    func mean(_ lines: [Line]) -> String {
      let known = lines.compactMap(\.score)
      return known.isEmpty
        ? "–" : (known.reduce(0, +) / Double(known.count)).text(places: 3)
    }
    func count(_ decision: FilterDecisions.Decision) -> Int {
      lines.count { $0.decision == decision }
    }
    let (accepted, rejected) = (count(.accept), count(.reject))
    let decided = accepted + rejected > 0 ? "; \(accepted) accepted, \(rejected) rejected" : ""
    return [
      "kept \(kept.count) of \(lines.count) generated images, by \(criterion.rawValue)\(decided)",
      "mean of all \(mean(lines)), of those kept \(mean(lines.filter(\.kept)))",
    ]
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
    let originals = dataset.entries.filter { !generated.contains($0.stem) }
    let byStem = Dictionary(dataset.entries.map { ($0.stem, $0) }) { first, _ in first }
    let chosen = names.compactMap { byStem[$0] }
    for (split, images) in [("generated_kept", chosen), ("kept", originals + chosen)] {
      try dataset.layout.index(
        images, as: split, classes: dataset.classes, in: dataset.root
      ) { try writeAtomically($0, to: dataset.root.appending(path: $1)) }
    }
  }
}
