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

  @Option(
    help: """
      File that says which colour of RGB masks is which class, 'name:r,g,b::' a line, as CVAT's labelmap.txt: the masks \
      are read as ids.
      """, completion: .file())
  var maskColors: String?

  @Option(
    help: """
      Folder with a PNG of scribbles for each photograph, which take the place of the dataset's masks: ids, with 255 where \
      nothing is scribbled, or the classes' colours.
      """, completion: .directory)
  var scribbles: String?

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

  func validate() throws {
    if maskColors != nil && classes.classes != nil {
      throw ValidationError(
        "--classes and --mask-colors exclude each other: the latter names classes too.")
    }
    if scribbles != nil && maskColors != nil {
      throw ValidationError(
        "--mask-colors is about the dataset's masks, and --scribbles takes others: leave one of them out."
      )
    }
  }

  /// Finds the files of a split.
  func dataset(
    in root: URL, of split: String, _ layout: any DatasetLayout
  ) throws -> SegmentationDataset {
    guard let scribbles else { return try ownLabels(in: root, of: split, layout) }
    let folder = try existing(scribbles, "folder")
    return try ownLabels(in: root, of: split, layout.labelled(in: folder))
      .readingScribbles(in: folder)
  }

  private func ownLabels(
    in root: URL, of split: String, _ layout: any DatasetLayout
  ) throws -> SegmentationDataset {
    guard let maskColors else {
      return try SegmentationDataset(
        root: root, split: split, layout: layout, classes: classes.list(layout, root, split))
    }
    let list = try ClassList(contentsOf: existing(maskColors, "file"), encoding: layout.encoding)
    // The numbers of the classes are this program's own here, so nothing is left to be compared with masks.
    let classes = ClassList(names: list.names, encoding: list.encoding, palette: list.palette)
    return try SegmentationDataset(root: root, split: split, layout: layout, classes: classes)
      .readingColours(of: classes)
  }

  /// Says what was found.
  static func note(layoutOf dataset: SegmentationDataset) {
    Console.note("layout: \(dataset.layout.title), \(dataset.classes.names.count) classes")
  }
}
