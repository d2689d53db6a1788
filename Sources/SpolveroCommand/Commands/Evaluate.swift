import ArgumentParser
import DatasetEvaluation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Compares predicted masks with a dataset's.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare predicted masks, or a segmenter's, with a dataset's: mIoU, accuracies, confusion.",
    discussion: """
      Predictions are label images, named like the masks, with the dataset's own ids, as MMSegmentation and torchvision's users \
      write them. Pixels that the dataset leaves open, 255 with PASCAL VOC, count nothing; the background is a class \
      where there is one. A class that neither has is in no mean.

        spolvero evaluate --predictions predictions --dataset VOC2012 --split val
        spolvero evaluate --predictions predictions --dataset VOC2012 --split val --confusion confusion.png --json
        spolvero evaluate --segmenter models/deeplab --dataset augmented --split generated

      A segmenter looks at the images itself. Its classes are the dataset's of the same names, or those that --class-map \
      says; a class that the dataset has not is background.
      """)

  @Option(
    help: "Folder with a label image, NAME.png, for each image of the split.",
    completion: .directory)
  var predictions: String?

  @OptionGroup
  var segmenter: SegmenterOptions

  @Option(help: "Folder of the dataset, or one above it.", completion: .directory)
  var dataset: String

  @OptionGroup
  var options: DatasetOptions

  @Option(
    help: """
      The PNG to write, with a row a class, and a column a class that it was taken for; or the SVG, which names them.
      """,
    completion: .file())
  var confusion: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    if (predictions == nil) == (segmenter.segmenter == nil) {
      throw ValidationError("Give either --predictions DIR or --segmenter DIR.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let target = try confusion.map(writableFile)
    let files = try options.open(dataset)
    let scan = try files.scan(check: StopSignals.check)
    DatasetOptions.note(skipped: try scan.settle(skippingInvalid: options.skipInvalid))
    let entries = files.entries.filter { scan.images[$0.stem] != nil }
    let matrix = try source(files.classes).compare(with: entries, files.classes)
    if let target {
      let isDrawing = target.pathExtension.lowercased() == "svg"
      try writeAtomically(isDrawing ? matrix.svg : matrix.picture().pngData(), to: target)
    }
    let report = EvaluationReport(matrix, images: entries.count)
    if json { try Console.result(json: report) } else { try Console.result(report.lines) }
  }

  private func source(_ classes: ClassList) throws -> any PredictionSource {
    if let segmenter = try segmenter.predictions(for: classes, computing) { return segmenter }
    return PredictionFolder(try existing(predictions ?? "", "folder"))
  }
}
