import Checkpoints
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// What layouts write whose labels are shapes: with the label images beside them, and alone.
@Suite struct AnnotationLayoutTests {
  static let layouts: [any AnnotationLayout] = [
    YOLOLayout(), CVATLayout(), DatumaroLayout(), LabelMeLayout(),
  ]
  private static let size = ImageSize(width: 23, height: 17)
  private let files: LayoutFolder
  private let mask: LabelImage
  private let instances: LabelImage

  /// Two cars of which one is in parts and has a hole, trees that are no objects, and pixels that are left open.
  init() throws {
    files = try LayoutFolder()
    var (ids, objects) = (
      [UInt8](repeating: 0, count: 23 * 17), [UInt8](repeating: 0, count: 23 * 17)
    )
    func fill(_ x: Range<Int>, _ y: Range<Int>, _ id: UInt8, _ object: UInt8) {
      for y in y { for x in x { (ids[y * 23 + x], objects[y * 23 + x]) = (id, object) } }
    }
    fill(0..<23, 0..<3, 2, 0)
    fill(2..<9, 4..<12, 1, 1)
    fill(4..<7, 6..<9, 0, 0)
    fill(5..<6, 7..<8, 1, 1)
    fill(9..<12, 12..<15, 1, 1)
    fill(15..<22, 5..<16, 1, 2)
    fill(16..<20, 8..<10, 2, 0)
    fill(22..<23, 16..<17, 1, 2)
    fill(0..<3, 14..<17, 255, 0)
    (mask, instances) = (
      LabelImage(width: 23, height: 17, ids: ids), LabelImage(width: 23, height: 17, ids: objects)
    )
  }

  private static let classes = ClassList(names: [1: "big 'car'", 2: "tree & <bush>"])

  private func write(_ layout: any DatasetLayout) throws {
    let entries = try ["a", "b.c"].map { stem in
      let image = layout.imagePath(of: stem, in: "train", pathExtension: "jpg")
      let photograph = Image(width: Self.size.width, height: Self.size.height, channels: 3, fill: 8)
      try files.write(photograph.jpegData(), image)
      let (mask, objects) = (
        layout.maskPath(of: stem, in: "train"),
        try #require(layout.instancesPath(of: stem, in: "train"))
      )
      try files.write(self.mask.pngData(), mask)
      try files.write(instances.pngData(), objects)
      return SegmentationDataset.Entry(
        stem: stem, image: files.root.appending(path: image),
        mask: files.root.appending(path: mask),
        instances: files.root.appending(path: objects))
    }
    for (images, split) in [(entries, "train"), (Array(entries[1...]), "kept")] {
      try layout.index(images, as: split, classes: Self.classes, in: files.root) {
        try files.write($0, $1)
      }
    }
  }

  @Test(arguments: layouts.map(\.name) + ["coco", "coco-panoptic"])
  func labelImagesAreReadWhereTheyAre(name: String) throws {
    let layout = try #require(DatasetLayouts.named(name))
    try write(layout)
    for (split, stems) in [("train", ["a", "b.c"]), ("kept", ["b.c"])] {
      let dataset = try files.open(split)
      #expect(dataset.layout.name == name && dataset.classes == Self.classes)
      #expect(dataset.entries.map(\.stem) == stems && dataset.problems == [])
      let loaded = try dataset.load(dataset.entries[0])
      #expect(loaded.mask == mask && loaded.instances == instances)
    }
    #expect(try layout.splits(in: files.root).contains("train"))
    #expect(files.message("none").contains("There are: "))
  }

  /// Every pixel and every object, but for what is left open and objects that are only a class.
  @Test(arguments: layouts.map(\.name)) func shapesAloneSayTheSame(name: String) throws {
    let layout = try #require(DatasetLayouts.named(name))
    try write(layout)
    for path in ["\(name)-masks", "\(name)-objects", "splits", "classes.json"] {
      try files.remove(path)
    }
    let dataset = try files.open()
    #expect(dataset.layout.name == name && dataset.classes.names == Self.classes.names)
    for entry in dataset.entries {
      let loaded = try dataset.load(entry)
      #expect(loaded.mask.ids == mask.ids.map { $0 == 255 ? 0 : $0 })
      let found = try #require(loaded.instances?.ids)
      // The trees are the one object without a number of its own.
      let expected = zip(instances.ids, mask.ids).map { $0 == 0 && $1 == 2 ? 3 : $0 }
      let pairs = Set(zip(expected, found).map { [$0, $1] })
      #expect(pairs.count == 4 && pairs.contains([0, 0]), "\(pairs)")
    }
  }

  @Test func panopticSegmentsAloneSayTheSame() throws {
    try write(COCOPanopticLayout())
    for path in ["coco-panoptic-masks", "coco-panoptic-objects", "classes.json"] {
      try files.remove(path)
    }
    for split in ["train", "kept"] {
      let dataset = try files.open(split)
      #expect(dataset.layout.name == "coco-panoptic" && dataset.problems == [])
      #expect(dataset.classes.names == Self.classes.names)
      let loaded = try dataset.load(dataset.entries[0])
      #expect(loaded.mask.ids == mask.ids.map { $0 == 0 ? 255 : $0 })
      #expect(loaded.instances == instances)
    }
  }

  @Test func aListInTheFolderGivesTheIDs() throws {
    try write(DatumaroLayout())
    for path in ["datumaro-masks", "datumaro-objects", "splits", "classes.json"] {
      try files.remove(path)
    }
    try files.write("5 tree & <bush>\n9 big 'car'\n", "classes.txt")
    #expect(try files.open().scan().classes == ["a": [5, 9], "b.c": [5, 9]])
    try files.write("5 tree & <bush>\n", "classes.txt")
    #expect(
      files.message().contains("item 'a', annotation 2: the list of classes has no label"),
      "\(files.message())")
  }

  /// By the rule of pycocotools an outline encloses the pixels that it was made of.
  @Test(arguments: 0..<40) func anOutlineIsTheMaskAgain(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let (width, height) = (Int.random(in: 1...19, using: &generator), 1 + seed % 13)
    let share = [0.1, 0.5, 0.9][seed % 3]
    let isInside = (0..<width * height).map { _ in
      Double.random(in: 0..<1, using: &generator) < share
    }
    let mask = RunLengthMask(width: width, height: height) { isInside[$1 * width + $0] }
    let outline = mask.outline
    #expect(outline.isEmpty == (mask.area == 0))
    if !outline.isEmpty {
      #expect(RunLengthMask(width: width, height: height, polygon: outline) == mask)
    }
  }
}
