import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct SegmentationDatasetTests {
  let files: TemporaryDataset

  init() throws { files = try TemporaryDataset() }

  @Test func entriesKeepTheOrderOfTheListWhateverItsLineEnds() throws {
    try files.writePair("b", ids: [1])
    try files.writePair("a", ids: [2], extension: "jpeg")
    try files.writePair("2007_000032", ids: [3], extension: "png")
    try files.writeSplit("\u{FEFF}b\r\na \r\n\r\n2007_000032")
    let dataset = try files.open()
    #expect(dataset.entries.map(\.stem) == ["b", "a", "2007_000032"])
    #expect(
      dataset.entries.map(\.image.lastPathComponent) == ["b.jpg", "a.jpeg", "2007_000032.png"])
    let loaded = try dataset.load(dataset.entries[1])
    let (image, mask) = (loaded.image, loaded.mask)
    #expect(image.size == ImageSize(width: 4, height: 3))
    #expect(mask.classes == [0, 2] && mask.palette == Palette.voc)
  }

  @Test(arguments: ["VOCdevkit/VOC2012", "VOC2007"])
  func theRootIsFoundInsideADevelopmentKit(path: String) throws {
    let files = try TemporaryDataset(inside: path)
    try files.writePair("a", ids: [1])
    try files.writeSplit("a\n")
    let dataset = try files.open()
    #expect(dataset.root.path == files.root.path)
    #expect(dataset.entries.count == 1)
  }

  @Test func everyProblemOfAListIsReportedAtOnce() throws {
    try files.writePair("a", ids: [1])
    try files.writeSplit("a\n../x\na\nsub/y\n..\nmissing\n")
    let dataset = try files.open()
    #expect(dataset.entries.map(\.stem) == ["a"])
    let problems = dataset.problems.map(\.description)
    #expect(problems.count == 6)
    #expect(problems[0].contains("train.txt, line 2: '../x' is not a plain file name"))
    #expect(problems[1].contains("train.txt, line 3: 'a' stands on line 1 already"))
    #expect(problems[2].contains("line 4: 'sub/y'") && problems[3].contains("line 5: '..'"))
    #expect(problems[4].contains("no photograph missing.jpg, .jpeg or .png in \(files.root.path)"))
    #expect(problems[5].contains("no mask missing.png"))
    let error = #expect(throws: DatasetError.self) {
      try dataset.scan().settle(skippingInvalid: false)
    }
    #expect(error?.description.hasPrefix("6 problems in the dataset:\n- ") == true)
    #expect(error?.kind == .badData)
  }

  @Test func ofManyProblemsTheFirstTenAreShown() throws {
    try files.writeSplit((0..<8).map { "photo\($0)\n" }.joined())
    let scan = try files.open().scan()
    let error = #expect(throws: DatasetError.self) { try scan.settle(skippingInvalid: true) }
    #expect(error?.kind == .noInput)
    let text = try #require(error).description
    #expect(text.hasPrefix("16 problems") && text.hasSuffix("- … and 6 more"))
    #expect(text.split(separator: "\n").count == 12)
  }

  @Test func aMissingListNamesThoseThatAreThere() throws {
    try files.writeSplit("a", named: "val")
    try files.writeSplit("a", named: "aug")
    let error = #expect(throws: DatasetError.self) { try files.open() }
    #expect(
      error?.description.hasSuffix(
        "train.txt: there is no list of this split. There are: aug, val") == true)
  }

  @Test func anEmptyListOrAFolderWithoutADatasetIsAnError() throws {
    try files.writeSplit("\n\n")
    let empty = #expect(throws: DatasetError.self) { try files.open() }
    #expect(empty?.description.contains("the list names no photograph") == true)
    let elsewhere = files.root.appending(path: "ImageSets")
    let foreign = #expect(throws: DatasetError.self) {
      try SegmentationDataset(root: elsewhere, split: "train")
    }
    #expect(foreign?.description.contains("there is no folder JPEGImages") == true)
  }
}
