import ArgumentParser
import Augmentation
import Faults
import Foundation
import SegmentationDatasets

/// Writes a dataset in another layout.
struct ConvertDataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a dataset in another layout, without painting.",
    discussion: """
      Photographs and masks are checked first; nothing is written if one of them is unfit, or it is left out with \
      --skip-invalid. A conversion may be stopped at any moment, and the same command goes on; the lists come last. \
      Ids stay what they are, and classes.json beside the folders says what they mean.

          spolvero convert-dataset coco --output-layout mmsegmentation -o coco-masks
          spolvero convert-dataset cityscapes --split val --output-layout coco -o cityscapes-coco --originals symlink
      """)

  @Argument(help: "Folder of the dataset, or one above it.", completion: .directory)
  var root: String

  @Option(
    help: ArgumentHelp("Layout to write: \(LayoutName.list).", valueName: "name"))
  var outputLayout: LayoutName

  @Option(
    name: .shortAndLong, help: "Folder to write: new, empty, or to go on with.",
    completion: .directory)
  var output: String

  @Option(
    name: .customLong("split"),
    help: """
      List of photographs, by its name without extension; any number. (default: train, val and test, those of them that \
      there are, or all others)
      """)
  var splits: [String] = []

  @OptionGroup
  var reading: ReadingOptions

  @OptionGroup
  var originals: OriginalsOption

  @Flag(help: "Print one JSON object with the number of images of each split.")
  var json = false

  func validate() throws {
    if originals.originals == .nothing {
      throw ValidationError("--originals none is for 'augment': here nothing would be left.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let folder = try finishedFolder(root)
    let layout = try reading.found(folder)
    let names = try splits.isEmpty ? usual(of: layout.splits(in: layout.root(in: folder))) : splits
    guard !names.isEmpty else {
      throw DatasetError([
        DatasetProblem(
          place: folder.path, found: "there is no split in this dataset",
          remedy: "Add a list or a folder of photographs.", isMissing: true)
      ])
    }
    let datasets = try names.map { try reading.dataset(in: folder, of: $0, layout) }
    ReadingOptions.note(layoutOf: datasets[0])
    let target = outputLayout.layout
    let conversion = try DatasetConversion(
      of: datasets, to: target.name == datasets[0].layout.name ? datasets[0].layout : target,
      originals: originals.originals, skippingInvalid: reading.skipInvalid,
      check: StopSignals.check)
    for split in conversion.splits { DatasetOptions.note(skipped: split.skipped) }
    if conversion.losesInstances {
      Console.note("The layout has no place for instances: masks alone are written.")
    }
    let report = ProgressReport()
    try conversion.write(
      to: URL(fileURLWithPath: output), interruption: StopSignals.interruption
    ) { done, all in
      report.show("image \(done)/\(all)", fraction: Double(done) / Double(max(1, all)))
    }
    let counts = conversion.splits.map { ($0.name, $0.count) }
    if json {
      try Console.result(json: Dictionary(uniqueKeysWithValues: counts))
    } else {
      try Console.result(counts.map { "\($0.0): \($0.1) images" })
    }
  }

  private func usual(of splits: [String]) -> [String] {
    let usual = ["train", "val", "test"].filter(splits.contains)
    return usual.isEmpty ? splits : usual
  }
}
