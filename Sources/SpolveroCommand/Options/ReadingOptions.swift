import ArgumentParser
import Foundation
import SegmentationDatasets

/// How a dataset is read.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the folder is laid out: \(LayoutName.list). (default: by what is there)",
      valueName: "name"))
  var layout: LayoutName?

  @OptionGroup
  var classes: ClassOptions

  @Flag(
    help: """
      Go on without photographs and masks that are missing, damaged or unfit, and say which; 'augment' \
      lists them in skipped.jsonl.
      """)
  var skipInvalid = false

  /// The layout that was named, or the one that a folder has, in the kind that it has.
  func found(_ folder: URL) throws -> any DatasetLayout {
    guard let layout else { return DatasetLayouts.layout(of: folder) }
    return try layout.layout.fitted(to: layout.layout.root(in: folder))
  }

  /// Finds the files of a split.
  func dataset(
    in root: URL, of split: String, _ layout: any DatasetLayout
  ) throws -> SegmentationDataset {
    try SegmentationDataset(
      root: root, split: split, layout: layout, classes: classes.list(layout, root, split))
  }

  /// Says what was found.
  static func note(layoutOf dataset: SegmentationDataset) {
    Console.note("layout: \(dataset.layout.title), \(dataset.classes.names.count) classes")
  }
}
