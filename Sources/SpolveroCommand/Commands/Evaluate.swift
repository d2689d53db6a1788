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
    abstract: "Compare predicted masks with a dataset's: mIoU, accuracies, confusion.",
    discussion: """
      Predictions are label images, named like the masks, with the dataset's own ids, as MMSegmentation and torchvision's users \
      write them. Pixels that the dataset leaves open, 255 with PASCAL VOC, count nothing; the background is a class \
      where there is one. A class that neither has is in no mean.

        spolvero evaluate --predictions predictions --dataset VOC2012 --split val
        spolvero evaluate --predictions predictions --dataset VOC2012 --split val --confusion confusion.png --json
      """)

  @Option(
    help: "Folder with a label image, NAME.png, for each image of the split.",
    completion: .directory)
  var predictions: String

  @Option(help: "Folder of the dataset, or one above it.", completion: .directory)
  var dataset: String

  @OptionGroup
  var options: DatasetOptions

  @Option(
    help: "The PNG to write, with a row a class, and a column a class that it was taken for.",
    completion: .file())
  var confusion: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  mutating func run() throws {
    StopSignals.watch()
    let target = try confusion.map(writableFile)
    let folder = try existing(predictions, "folder")
    let files = try options.open(dataset)
    let scan = try files.scan(check: StopSignals.check)
    DatasetOptions.note(skipped: try scan.settle(skippingInvalid: options.skipInvalid))
    let entries = files.entries.filter { scan.images[$0.stem] != nil }
    let matrix = try PredictionFolder(folder).compare(with: entries, files.classes)
    if let target { try writeAtomically(matrix.picture().pngData(), to: target) }
    let report = EvaluationReport(matrix, images: entries.count)
    if json { try Console.result(json: report) } else { try Console.result(report.lines) }
  }
}
