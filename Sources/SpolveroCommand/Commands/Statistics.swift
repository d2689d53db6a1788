import ArgumentParser
import Augmentation
import Foundation
import SegmentationDatasets

/// Says how evenly a dataset's photographs are spread over its classes.
struct Statistics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a dataset's photographs and masks, and say how its classes are spread.")

  @Argument(help: "Folder of the dataset, or one above it.", completion: .directory)
  var root: String

  @OptionGroup
  var dataset: DatasetOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  mutating func run() throws {
    StopSignals.watch()
    let files = try dataset.openToLookAt(root)
    let scan = try files.scan(check: StopSignals.check)
    DatasetOptions.note(skipped: try scan.settle(skippingInvalid: dataset.skipInvalid))
    for notice in scan.notices { Console.note(notice) }
    let statistics = DatasetStatistics(of: scan, classes: files.classes)
    if json {
      try Console.result(json: statistics)
    } else {
      try Console.result(lines(statistics))
    }
  }

  private func lines(_ statistics: DatasetStatistics) -> [String] {
    let pixels = max(1, statistics.pixelsPerClass.values.reduce(0, +))
    let rows = statistics.classes.ids.map { id in
      let share = 100 * Double(statistics.pixelsPerClass[id, default: 0]) / Double(pixels)
      return [
        statistics.classes.name(of: id), "\(statistics.imagesPerClass[id, default: 0])",
        share.text(places: 2),
      ]
    }
    let histogram = statistics.classesPerImage.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value)" }
    return [
      "images      \(statistics.images)",
      "entropy     \(statistics.entropy.text(places: 4)) bits",
      "imbalance   \(statistics.imbalance.text(places: 4))",
      "images with so many classes   \(histogram.joined(separator: "  "))",
      "",
    ] + table(["class", "images", "% of pixels"], rows)
  }
}
