import DatasetEvaluation
import SegmentationDatasets

/// What `evaluate` found.
struct EvaluationReport: Encodable {
  /// What is known of a class.
  struct Class: Encodable {
    let name: String
    let id: UInt8
    /// Of the reference.
    let pixels: Int
    /// Nil for a class that is nowhere.
    let iou, accuracy: Double?
  }

  let images: Int
  let meanIoU, meanAccuracy, pixelAccuracy: Double?
  let classes: [Class]
  /// Pixels by the reference's class, then by the prediction's.
  let confusion: [[Int]]

  init(_ matrix: ConfusionMatrix, images: Int) {
    self.images = images
    (meanIoU, meanAccuracy) = (matrix.meanIntersectionOverUnion, matrix.meanAccuracy)
    pixelAccuracy = matrix.pixelAccuracy
    let (ious, accuracies) = (matrix.intersectionsOverUnions, matrix.accuracies)
    let pixels = matrix.referencePixels
    classes = matrix.ids.enumerated().map { place, id in
      Class(
        name: matrix.classes.name(of: id), id: id, pixels: pixels[place], iou: ious[place],
        accuracy: accuracies[place])
    }
    confusion = matrix.ids.map { row in matrix.ids.map { matrix.count(of: row, takenFor: $0) } }
  }

  var lines: [String] {
    [
      "images          \(images)",
      "mIoU            \(Self.percent(meanIoU)) %",
      "mean accuracy   \(Self.percent(meanAccuracy)) %",
      "pixel accuracy  \(Self.percent(pixelAccuracy)) %",
      "",
    ]
      + table(
        ["class", "IoU in %", "accuracy in %", "pixels"],
        classes.map {
          [$0.name, Self.percent($0.iou), Self.percent($0.accuracy), "\($0.pixels)"]
        })
  }

  private static func percent(_ share: Double?) -> String {
    share.map { (100 * $0).text(places: 2) } ?? "–"
  }
}
