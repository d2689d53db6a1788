import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Labelled images, for a segmenter's agreement with their masks.
struct AgreementScoring {
  let classes: ClassList
  private let pairs: [(image: JudgedImages.Entry, mask: LabelSource)]

  /// - Parameters:
  ///   - images: Those of an augmentation, or of a dataset, whose files are all checked.
  ///   - options: What the ids in their masks mean.
  ///   - split: The list of a dataset.
  /// - Throws: `CommandError` for images without masks; `DatasetError` for ids that do not tell their classes.
  init(_ images: JudgedImages, classes options: ClassOptions, split: String) throws {
    guard let layout = images.layout else {
      throw CommandError(
        .badData,
        "\(images.root.path): these images have no masks that a segmenter could agree with. Give a dataset, or the "
          + "output of 'augment'.")
    }
    classes = try options.list(layout, images.root, split)
    if !images.areGenerated {
      let dataset = try SegmentationDataset(
        root: images.root, split: split, layout: layout, classes: classes)
      _ = try dataset.scan(check: StopSignals.check).settle(skippingInvalid: false)
    }
    pairs = images.entries.compactMap { entry in entry.mask.map { (entry, $0) } }
  }

  /// Compares what a segmenter finds with each mask.
  func scores(
    by segmenter: SegmenterPredictions
  ) throws -> (report: ScoreReport.Agreement, plot: BarPlot) {
    let report = ProgressReport()
    var agreement = MaskAgreement(classes)
    let entries = try pairs.enumerated().map { index, pair in
      try StopSignals.check()
      let image = try Image(contentsOf: pair.image.file, warn: Console.warning).rgb()
      let mask = try mask(pair.mask, of: image)
      let score = agreement.add(try segmenter.labels(of: image), reference: mask)
      report.show(
        "agreement of image \(index + 1)/\(pairs.count)",
        fraction: Double(index + 1) / Double(pairs.count))
      return ScoreReport.Agreement.Entry(
        image: pair.image.stem, meanIoU: score.meanIoU, meanBoundaryIoU: score.meanBoundaryIoU,
        iou: score.iou.reduce(into: [:]) { $0[classes.name(of: $1.key)] = $1.value })
    }
    return (
      ScoreReport.Agreement(
        meanIoU: agreement.meanIoU, meanBoundaryIoU: agreement.meanBoundaryIoU,
        classes: agreement.classes.map {
          .init(
            name: $0.name, id: $0.id, images: $0.images, iou: $0.iou, boundaryIoU: $0.boundaryIoU)
        }, each: entries), agreement.plot
    )
  }

  private func mask(_ source: LabelSource, of image: Image) throws -> LabelImage {
    let mask = try source.labels()
    let unknown = mask.classes.filter { classes.encoding.isLabel($0) && classes.names[$0] == nil }
    guard mask.size == image.size && unknown.isEmpty else {
      throw CommandError(
        .badData,
        "\(source.path): this mask does not belong to its image, of \(image.size) pixels, or to the class list: it has "
          + "\(mask.size) pixels and the ids \(mask.classes.sorted()). Give the run's own folder, and no other list."
      )
    }
    return mask
  }
}
