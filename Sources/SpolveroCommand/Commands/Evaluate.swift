import ArgumentParser
import DatasetEvaluation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Compares predicted masks, or objects, with a dataset's.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare predicted masks or objects, or a segmenter's, with a dataset's: mIoU, confusion, AP.",
    discussion: """
      Predictions are label images, named like the masks, with the dataset's own ids, as MMSegmentation and torchvision's users \
      write them. Pixels that the dataset leaves open, 255 with PASCAL VOC, count nothing; the background is a class \
      where there is one. A class that neither has is in no mean.

        spolvero evaluate --predictions predictions --dataset VOC2012 --split val
        spolvero evaluate --predictions predictions --dataset VOC2012 --split val --confusion confusion.png --json
        spolvero evaluate --segmenter models/deeplab --dataset augmented --split generated

      A segmenter looks at the images itself. Its classes are the dataset's of the same names, or those that --class-map \
      says; a class that the dataset has not is background.

        spolvero evaluate --instances found.json --dataset VOC2012 --split val
        spolvero evaluate --segmenter models/mask2former --by-instance --dataset VOC2012 --split val

      Objects are compared with the dataset's instances, as its layout has them, by COCO's rule: AP is the \
      mean over the overlaps from 0.5 to 0.95, AP50 and AP75 are those of one overlap; at most 100 objects of a class \
      count in an image. The file is what 'segment --instances' writes (with --min-score 0: objects that are left out \
      cost recall), or a list in COCO's format of results whose image and category ids are the dataset's own.
      """)

  @Option(
    help: "Folder with a label image, NAME.png, for each image of the split.",
    completion: .directory)
  var predictions: String?

  @OptionGroup
  var segmenter: SegmenterOptions

  @Option(help: "JSON file of objects in COCO's format.", completion: .file())
  var instances: String?

  @Flag(help: "Compare the segmenter's objects, and not its classes of pixels.")
  var byInstance = false

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
    if [predictions, segmenter.segmenter, instances].count(where: { $0 != nil }) != 1 {
      throw ValidationError(
        "Give one of --predictions DIR, --segmenter DIR and --instances FILE.json.")
    }
    if predictions != nil { try segmenter.requireForClassMap() }
    if byInstance && segmenter.segmenter == nil {
      throw ValidationError(
        "--by-instance is for a --segmenter; --instances FILE.json has objects.")
    }
    if confusion != nil && comparesInstances {
      throw ValidationError("--confusion is of classes of pixels, not of objects.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let target = try confusion.map(writableFile)
    let files = try options.open(dataset)
    let scan = try files.scan(check: StopSignals.check)
    DatasetOptions.note(skipped: try scan.settle(skippingInvalid: options.skipInvalid))
    let entries = files.entries.filter { scan.images[$0.stem] != nil }
    if comparesInstances { return try compareInstances(entries, files.classes) }
    let matrix = try source(files.classes).compare(with: entries, files.classes)
    if let target {
      let isDrawing = target.pathExtension.lowercased() == "svg"
      try writeAtomically(isDrawing ? matrix.svg : matrix.picture().pngData(), to: target)
    }
    let report = EvaluationReport(matrix, images: entries.count)
    if json { try Console.result(json: report) } else { try Console.result(report.lines) }
  }

  private var comparesInstances: Bool { byInstance || instances != nil }

  private func compareInstances(
    _ entries: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws {
    let (precision, images) = try instanceSource(entries, classes).compare(with: entries, classes)
    let report = InstanceEvaluationReport(precision, images: images, classes)
    if json { try Console.result(json: report) } else { try Console.result(report.lines) }
  }

  private func instanceSource(
    _ entries: [SegmentationDataset.Entry], _ classes: ClassList
  ) throws -> any InstanceSource {
    if let segmenter = try segmenter.instances(for: classes, computing) { return segmenter }
    return try InstanceFile(
      existing(instances ?? "", "file"), for: entries, classes, classMap: segmenter.map)
  }

  private func source(_ classes: ClassList) throws -> any PredictionSource {
    if let segmenter = try segmenter.predictions(for: classes, computing) { return segmenter }
    return PredictionFolder(try existing(predictions ?? "", "folder"))
  }
}
