import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// Layouts whose splits are folders.
@Suite struct SplitFolderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let images, masks: String
    /// A photograph's and a mask's name beyond the stem.
    var ends = (".jpg", ".png")
    /// A class, another one, and what is left open.
    var ids: [UInt8] = [1, 2, 255]
    var classes: [String]
    var title: String?
    var testDescription: String { title ?? name }

    func image(_ stem: String) -> String { "\(images)/\(stem)\(ends.0)" }
    func mask(_ stem: String) -> String { "\(masks)/\(stem)\(ends.1)" }
  }

  static let cases = [
    Case(
      name: "mmsegmentation", images: "img_dir/train", masks: "ann_dir/train",
      classes: ["road", "sky"]),
    Case(
      name: "ade20k", images: "images/training", masks: "annotations/training",
      ids: [1, 150, 0], classes: ["wall", "flag"]),
    Case(
      name: "bdd100k", images: "images/10k/train", masks: "labels/sem_seg/masks/train",
      ids: [0, 18, 255], classes: ["road", "bicycle"]),
    Case(
      name: "cityscapes", images: "leftImg8bit/train/ulm", masks: "gtFine/train/ulm",
      ends: ("_leftImg8bit.png", "_gtFine_labelTrainIds.png"), ids: [0, 13, 255],
      classes: ["road", "car"], title: "cityscapes (labelTrainIds)"),
    Case(
      name: "cityscapes", images: "leftImg8bit/train/ulm", masks: "gtFine/train/ulm",
      ends: ("_leftImg8bit.png", "_gtFine_labelIds.png"), ids: [4, 33, 3],
      classes: ["static", "bicycle"], title: "cityscapes (labelIds)"),
    Case(
      name: "coco-stuff", images: "images/train2017", masks: "stuffthingmaps/train2017",
      ids: [0, 181, 255], classes: ["person", "wood"], title: "coco-stuff (pixelmaps)"),
    Case(
      name: "coco-stuff", images: "images/train2017", masks: "annotations/train2017",
      ends: (".jpg", "_labelTrainIds.png"), ids: [0, 170, 255], classes: ["person", "wood"],
      title: "coco-stuff (labelTrainIds)"),
  ]

  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private static let stems = ["ulm_000001_000019", "ulm_000002_000019"]

  private func write(_ layout: Case, _ stems: [String] = Self.stems) throws {
    for stem in stems {
      try files.photograph(layout.image(stem))
      try files.mask(layout.mask(stem), layout.ids)
    }
    if layout.name == "mmsegmentation" { try files.write("1 road\n2 sky\n", "classes.txt") }
  }

  @Test(arguments: cases) func isRecognisedAndRead(layout: Case) throws {
    try write(layout)
    let dataset = try files.open()
    #expect(dataset.layout.name == layout.name && dataset.layout.title == layout.testDescription)
    #expect(dataset.entries.map(\.stem) == Self.stems)
    let scan = try dataset.scan()
    #expect(scan.problems.isEmpty && scan.classes.count == 2)
    let ids = layout.ids
    #expect(scan.classes[Self.stems[0]] == [ids[0], ids[1]])
    #expect(
      [ids[0], ids[1]].map(dataset.classes.name) == layout.classes
        && dataset.classes.ignored.contains(ids[2]))
  }

  @Test(arguments: cases) func filesThatAreMissingAreNamed(layout: Case) throws {
    try write(layout)
    try files.remove(layout.mask(Self.stems[0]))
    #expect(files.message().contains("no mask \(Self.stems[0])\(layout.ends.1) in"))
    try files.remove(layout.image(Self.stems[1]))
    #expect(files.message().contains("no photograph \(Self.stems[1])"))
    let dataset = try files.open()
    #expect(dataset.problems.count == 2 && dataset.entries.isEmpty)
    #expect(files.message("val").contains("There are: train"))
  }

  @Test(arguments: cases) func listsBesideTheFoldersCount(layout: Case) throws {
    try write(layout)
    let place = try files.open().layout
    let line = place.listLine(of: Self.stems[1])
    try files.write(line + "\n", "splits/generated.txt")
    #expect(try files.open("generated").entries.map(\.stem) == [Self.stems[1]])
    try files.write(line + "\n" + Self.stems[0] + ".png\n", "splits/train.txt")
    #expect(try files.open().entries.map(\.stem) == Self.stems.reversed())
    try files.write("nowhere\n", "splits/train.txt")
    #expect(files.message().contains("take the stem out of"))
  }

  /// What is written has the names that are read.
  @Test(arguments: cases) func pathsAreThoseThatAreFound(layout: Case) throws {
    try write(layout)
    let (place, stem) = (try files.open().layout, "ulm_000009_000019")
    try files.photograph(
      place.imagePath(of: stem, in: "train", pathExtension: place.pathExtension))
    try files.mask(place.maskPath(of: stem, in: "train"), layout.ids)
    #expect(try files.open().entries.map(\.stem) == Self.stems + [stem])
    #expect(try files.open().problems.isEmpty)
    let all = try SegmentationDataset(unlistedIn: files.root)
    #expect(all.entries.map(\.stem) == Self.stems + [stem])
  }

  @Test(arguments: cases) func anEmptyFolderIsNoSplit(layout: Case) throws {
    try write(layout)
    for stem in Self.stems {
      try files.remove(layout.image(stem))
      try files.remove(layout.mask(stem))
    }
    #expect(files.message("train", layout.name) != "no error")
  }

  @Test func withoutAListOfClassesNoIDIsOne() throws {
    try write(Self.cases[0])
    try files.remove("classes.txt")
    #expect(files.message().contains("the mask holds ids beyond the class list (1, 2)"))
  }

  @Test func cocosPhotographsMayBeBesideTheMaps() throws {
    try files.photograph("train2017/a.jpg")
    try files.mask("stuffthingmaps/train2017/a.png", [0, 181])
    #expect(try files.open().scan().classes == ["a": [0, 181]])
  }

  @Test func aSplitMayBeCalledAsItsFolder() throws {
    try write(Self.cases[1])
    #expect(try files.open("training").entries.count == 2)
    for path in ["images/validation/a.jpg", "images/validation/b.jpg"] {
      try files.photograph(path)
    }
    for stem in ["a", "b"] { try files.mask("annotations/validation/\(stem).png", [3]) }
    #expect(try files.open("val").entries.map(\.stem) == ["a", "b"])
  }

  @Test func a16BitMaskIsReadInAnyLayout() throws {
    try write(Self.cases[0])
    let numbers = LayoutFolder.labels([1, 2, 255]).ids.map(UInt32.init)
    let wide = NumberImage(width: 4, height: 3, numbers: numbers)
    try files.write(wide.pngData(), Self.cases[0].mask(Self.stems[0]))
    #expect(try files.open().scan().classes[Self.stems[0]] == [1, 2])
  }
}
