import ArgumentParser
import Augmentation
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets

/// What generated images are chosen by.
enum FilterCriterion: String, ExpressibleByArgument, CaseIterable {
  /// The mean rank of an image's objects within their categories, by CLIP.
  case clipRank = "clip-rank"
  /// How well a segmenter finds what the mask says.
  case agreement
  /// How well the whole image fits its prompt, by CLIP.
  case clipScore = "clip-score"
  /// How well the image follows its mask, as the ledger says.
  case fit

  /// Whether a low number is a good one.
  var isRank: Bool { self == .clipRank }

  /// Whether a network judges.
  var hasNetwork: Bool { self != .fit }
}

/// Images of a run with what their masks say.
struct FilterImages {
  let root: URL
  let records: [LedgerRecord]
  let classes: ClassList
  /// Where the instances of each image are, by its name.
  private let instances: [String: LabelSource]

  init(root: URL, records: [LedgerRecord], in dataset: SegmentationDataset) {
    (self.root, self.records, classes) = (root, records, dataset.classes)
    instances = dataset.entries.reduce(into: [:]) { $0[$1.stem] = $1.instances }
  }

  func image(_ record: LedgerRecord) throws -> Image {
    try Image(contentsOf: root.appending(path: record.image), warn: Console.warning).rgb()
  }

  /// The record's mask.
  ///
  /// - Parameter image: What it must have the size of.
  func mask(_ record: LedgerRecord, of image: Image) throws -> LabelImage {
    try labels(.file(root.appending(path: record.mask)), of: image)
  }

  func instances(_ record: LedgerRecord, of image: Image) throws -> LabelImage? {
    guard record.instances != nil else { return nil }
    return try instances[record.name].map { try labels($0, of: image) }
  }

  private func labels(_ source: LabelSource, of image: Image) throws -> LabelImage {
    let labels = try source.labels()
    guard labels.size == image.size else {
      throw CommandError(
        .badData,
        "\(source.path): this mask has \(labels.size) pixels, its image \(image.size). Give the "
          + "command of the run again: it makes what was changed anew.")
    }
    return labels
  }

  /// What is found for each image, in order.
  func map<Value>(_ what: String, _ body: (Int, LedgerRecord) throws -> Value) throws -> [Value] {
    let report = ProgressReport()
    return try records.enumerated().map { index, record in
      try StopSignals.check()
      let value = try body(index, record)
      report.show(
        "\(what) of image \(index + 1)/\(records.count)",
        fraction: Double(index + 1) / Double(records.count))
      return value
    }
  }
}

extension FilterImages {
  /// What a network finds for each image.
  func scores(
    by criterion: FilterCriterion, _ judge: JudgingOptions.Judge,
    untrusted: (LedgerRecord, LabelImage) throws -> Void
  ) throws -> [Double?] {
    switch judge {
    case .segmenter(let predictions): try agreements(predictions, untrusted: untrusted)
    case .clip(let embedder) where criterion == .clipRank: try clipRanks(embedder)
    case .clip(let embedder): try clipScores(embedder)
    }
  }

  /// Category-Calibrated CLIP Rank; nil for an image without objects.
  func clipRanks(_ embedder: CLIPEmbedder) throws -> [Double?] {
    let similarities = try ClassSimilarities(embedder, classes: classes)
    let objects = try map("objects") { index, record in
      let image = try image(record)
      return try similarities(
        image, at: index, mask: mask(record, of: image), instances: instances(record, of: image))
    }
    return CLIPRank(Array(objects.joined()), images: records.count).ranks
  }

  /// CLIPScore with the prompts.
  func clipScores(_ embedder: CLIPEmbedder) throws -> [Double?] {
    let images = try JudgedImages(in: root.path, split: "train")
    return try CLIPScoring(images, captions: nil).scores(with: embedder).each.map(\.score)
  }

  /// The mean intersection over union of the classes of each image's mask.
  ///
  /// - Parameter untrusted: Is given the mask with the pixels left open in which both disagree.
  func agreements(
    _ predictions: SegmenterPredictions, untrusted: (LedgerRecord, LabelImage) throws -> Void
  ) throws -> [Double?] {
    try map("agreement") { _, record in
      let image = try image(record)
      let (mask, found) = try (mask(record, of: image), predictions.labels(of: image))
      var matrix = ConfusionMatrix(classes)
      matrix.add(found, reference: mask)
      let open = classes.ignored.min() ?? 255
      var trusted = mask.ids
      for (pixel, id) in mask.ids.enumerated() where found.ids[pixel] != id {
        trusted[pixel] = open
      }
      try untrusted(
        record,
        LabelImage(
          width: mask.width, height: mask.height, ids: trusted, palette: mask.palette))
      return matrix.meanIntersectionOverUnion
    }
  }
}
