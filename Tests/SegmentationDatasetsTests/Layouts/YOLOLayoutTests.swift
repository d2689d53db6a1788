import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct YOLOLayoutTests {
  private let files: LayoutFolder

  init() throws {
    files = try LayoutFolder()
    try files.write("names: [dog, 'white cat']  # two\n", "data.yaml")
  }

  private func write(_ labels: String?, _ images: String = "images/train") throws {
    try files.photograph("\(images)/a.jpg")
    let folder = images.replacing("images", with: "labels")
    if let labels { try files.write(labels, "\(folder)/a.txt") }
  }

  @Test(arguments: ["images/train", "train/images"]) func outlinesAreDrawn(images: String) throws {
    try write("1 0 0 1 0 1 1 0 1\n\n0 0.5 0 1 0 1 1 0.5 1\n", images)
    let dataset = try files.open()
    #expect(dataset.layout.name == "yolo" && dataset.classes.names == [1: "dog", 2: "white cat"])
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1])
    #expect(loaded.instances?.ids == [1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2])
    #expect(try dataset.layout.splits(in: dataset.root) == ["train"])
  }

  @Test func anImageWithoutAFileHasNoObjects() throws {
    try write(nil)
    #expect(try files.open().scan().classes == ["a": []])
  }

  @Test(arguments: [
    "2 0 0 1 0 1 1", "0 0 0 1 0", "0 0.5 0.5 0.2 0.2", "0 0 0 1 0 3 1", "dog 0 0 1 0 1 1",
  ])
  func whatIsNoOutlineIsNamedWithItsLine(line: String) throws {
    try write("0 0 0 1 0 1 1\n\(line)\n")
    #expect(files.message().contains("a.txt, line 2: this is no outline"), "\(files.message())")
  }

  @Test(arguments: [
    "names:\n- dog\n- white cat\n", "names:\n  - \"dog\"\n  - white cat\nnc: 2\n",
    "path: .\nnames:\n  0: dog\n  1: white cat\n\ntrain: x\n", "names: {0: dog, 1: white cat}\n",
    "names: [\n  'dog',\n  'white cat',\n ]\n",
  ])
  func namesHaveSeveralForms(text: String) throws {
    try files.write(text, "data.yaml")
    try write("1 0 0 1 0 1 1 0 1")
    #expect(try files.open().classes.names == [1: "dog", 2: "white cat"])
  }

  @Test(arguments: ["nc: 2\n", "names:\n", "names: {0: a, 0: b}\n"])
  func aFileWithoutNamesIsAnError(text: String) throws {
    try files.write(text, "data.yaml")
    try write("0 0 0 1 0 1 1")
    #expect(files.message().contains("does not say what the classes are"), "\(files.message())")
  }

  @Test func missingFoldersAndDamagedPhotographsAreNamed() throws {
    try write("0 0 0 1 0 1 1")
    #expect(files.message("test").contains("There are: train"))
    try files.write("no JPEG", "images/train/a.jpg")
    #expect(files.message().contains("a.jpg"))
  }
}
