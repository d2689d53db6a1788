import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// A folder of predicted label images.
struct PredictionFolder {
  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  /// Compares the prediction for each entry with its mask.
  ///
  /// - Throws: `CommandError` with all predictions that are missing, and what reading one throws.
  func compare(
    with entries: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> ConfusionMatrix {
    try checkPresence(entries)
    let report = ProgressReport()
    var matrix = ConfusionMatrix(classes)
    for (index, entry) in entries.enumerated() {
      try StopSignals.check()
      let prediction = try LabelImage(contentsOf: file(of: entry))
      let mask = try LabelImage(contentsOf: entry.mask)
      guard prediction.size == mask.size else {
        throw CommandError(
          .badData,
          "\(file(of: entry).path): the prediction has \(prediction.size) pixels, the mask \(mask.size). Bring predictions "
            + "to the size of the masks, taking the nearest pixel.")
      }
      matrix.add(prediction, reference: mask)
      report.show(
        "mask \(index + 1)/\(entries.count)", fraction: Double(index + 1) / Double(entries.count))
    }
    return matrix
  }

  private func file(of entry: SegmentationDataset.Entry) -> URL {
    folder.appending(path: "\(entry.stem).png")
  }

  private func checkPresence(_ entries: [SegmentationDataset.Entry]) throws {
    let missing = entries.filter { !FileManager.default.fileExists(atPath: file(of: $0).path) }
    guard let first = missing.first else { return }
    throw CommandError(
      .noInput,
      "\(file(of: first).path): there is no prediction here, nor for \(missing.count - 1) more of "
        + "\(entries.count) images. Expected a label image, NAME.png, for each image of the split.")
  }
}
