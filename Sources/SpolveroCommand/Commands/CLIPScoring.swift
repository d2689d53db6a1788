import Augmentation
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles

/// Images with their captions, for CLIPScore.
struct CLIPScoring {
  private let pairs: [(image: JudgedImages.Entry, caption: String)]

  /// Takes the captions of a file or, without one, the prompts that the images were made of.
  ///
  /// - Throws: `CommandError` when no image has a caption.
  init(_ images: JudgedImages, captions path: String?) throws {
    let captions = try path.map { try Captions(contentsOf: existing($0, "file")).byStem }
    pairs = images.entries.compactMap { entry in
      let caption = captions == nil ? entry.prompt : captions?[entry.stem]
      return caption.map { (entry, $0) }
    }
    guard !pairs.isEmpty else {
      throw CommandError(
        .badData,
        path.map { "\($0): none of these captions is of one of the images." }
          ?? "These images have no ledger that says what they show. Give --captions FILE.")
    }
    let without = images.entries.count - pairs.count
    if without > 0 {
      Console.warning(
        "\(without) of \(images.entries.count) images have no caption, and no CLIPScore.")
    }
  }

  /// Scores each pair.
  func scores(with embedder: CLIPEmbedder) throws -> ScoreReport.CLIP {
    let report = ProgressReport()
    var entries: [ScoreReport.CLIP.Entry] = []
    var reader = JudgedImageReader()
    for start in stride(from: 0, to: pairs.count, by: CLIPEmbedder.batchSize) {
      try StopSignals.check()
      let batch = pairs[start..<min(start + CLIPEmbedder.batchSize, pairs.count)]
      let images = try embedder(batch.map { try reader.image(of: $0.image) })
      let captions = try embedder(batch.map { CLIPScore.prefix + $0.caption })
      for (pair, (image, caption)) in zip(batch, zip(images, captions)) {
        entries.append(
          .init(
            image: pair.image.stem, instance: pair.image.part?.number, caption: pair.caption,
            score: CLIPScore.score(image, caption)))
      }
      report.show(
        "CLIPScore of image \(entries.count)/\(pairs.count)",
        fraction: Double(entries.count) / Double(pairs.count))
    }
    let sum = entries.reduce(0) { $0 + $1.score }
    return ScoreReport.CLIP(mean: sum / Double(entries.count), each: entries)
  }
}
