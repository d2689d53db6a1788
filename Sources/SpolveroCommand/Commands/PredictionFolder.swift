import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import ImageSegmentation
import SegmentationDatasets

/// Where the predicted labels of a dataset's images come from.
protocol PredictionSource {
  /// Makes sure that there is a prediction for each image.
  func check(_ entries: [SegmentationDataset.Entry]) throws

  /// The prediction for an image, with the dataset's ids.
  func prediction(for entry: SegmentationDataset.Entry) throws -> LabelImage
}

extension PredictionSource {
  /// Compares the prediction for each entry with its mask.
  ///
  /// - Throws: `CommandError` for what is missing or of another size, and what making one throws.
  func compare(
    with entries: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> ConfusionMatrix {
    try check(entries)
    let report = ProgressReport()
    var matrix = ConfusionMatrix(classes)
    for (index, entry) in entries.enumerated() {
      try StopSignals.check()
      let (prediction, mask) = try (prediction(for: entry), entry.mask.labels())
      guard prediction.size == mask.size else {
        throw CommandError(
          .badData,
          "\(entry.stem): the prediction has \(prediction.size) pixels, the mask \(mask.size). Bring predictions to the "
            + "size of the masks, taking the nearest pixel.")
      }
      matrix.add(prediction, reference: mask)
      report.show(
        "mask \(index + 1)/\(entries.count)", fraction: Double(index + 1) / Double(entries.count))
    }
    return matrix
  }
}

/// A folder of predicted label images.
struct PredictionFolder: PredictionSource {
  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  func prediction(for entry: SegmentationDataset.Entry) throws -> LabelImage {
    try LabelImage(contentsOf: file(of: entry))
  }

  private func file(of entry: SegmentationDataset.Entry) -> URL {
    folder.appending(path: "\(entry.stem).png")
  }

  func check(_ entries: [SegmentationDataset.Entry]) throws {
    let missing = entries.filter { !FileManager.default.fileExists(atPath: file(of: $0).path) }
    guard let first = missing.first else { return }
    throw CommandError(
      .noInput,
      "\(file(of: first).path): there is no prediction here, nor for \(missing.count - 1) more of "
        + "\(entries.count) images. Expected a label image, NAME.png, for each image of the split.")
  }
}

/// A segmenter that looks at the images.
struct SegmenterPredictions: PredictionSource {
  private let segmenter: any Segmenter
  private let map: ClassMap

  /// - Throws: `EvaluationError` where the segmenter's classes are not the dataset's.
  init(_ segmenter: any Segmenter, for classes: ClassList, classMap: URL?) throws {
    self.segmenter = segmenter
    map = try ClassMap(
      from: segmenter.classes, to: classes,
      renaming: try classMap.map(ClassMap.names) ?? [:])
  }

  func check(_ entries: [SegmentationDataset.Entry]) throws {}

  func prediction(for entry: SegmentationDataset.Entry) throws -> LabelImage {
    try labels(of: Image(contentsOf: entry.image, warn: Console.warning))
  }

  /// The class of every pixel of an image, with the dataset's ids.
  func labels(of image: Image) throws -> LabelImage { map(try segmenter(image)) }
}
