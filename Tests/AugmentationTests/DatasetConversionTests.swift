import Augmentation
import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct DatasetConversionTests {
  private func convert(
    _ dataset: SegmentationDataset, to name: String, in output: URL,
    files: any OutputFiles = Disk()
  ) throws {
    let layout = try #require(DatasetLayouts.named(name))
    try DatasetConversion(of: [dataset], to: layout)
      .write(to: output, interruption: Interruption(), files: files)
  }

  private static let own = DatasetLayouts.all.filter { $0.ownClasses == nil }.map(
    \.name)

  /// To every layout and back: the same images, ids, objects and classes.
  @Test(arguments: ["voc", "coco", "cityscapes", "ade20k"], own)
  func aRoundTripGivesTheSame(from: String, through: String) throws {
    let files = try LayoutDataset(from)
    let dataset = try files.open()
    let (there, back) = (files.folder.appending("there"), files.folder.appending("back"))
    try convert(dataset, to: through, in: there)
    let middle = try SegmentationDataset(root: there, split: "train")
    #expect(middle.layout.name == through && middle.classes == dataset.classes)
    let expected = try dataset.contents()
    let found = try middle.contents()
    let keepsInstances = through != "mmsegmentation"
    for (stem, labels) in expected {
      #expect(found[stem]?[0] == labels[0], "\(stem)")
      #expect(!keepsInstances || found[stem]?[1] == labels[1], "\(stem)")
    }
    try convert(middle, to: from, in: back)
    let again = try SegmentationDataset(
      root: back, split: "train", classes: from == "voc" ? dataset.classes : nil)
    #expect(try again.contents().mapValues { $0[0] } == expected.mapValues { $0[0] })
    #expect(again.classes == dataset.classes && again.entries.count == 2)
    #expect(
      try again.entries.map { try Data(contentsOf: $0.image) }
        == dataset.entries.map { try Data(contentsOf: $0.image) })
    if from != "coco" {
      #expect(
        try again.entries.map { try Data(contentsOf: $0.mask.url) }
          == dataset.entries.map { try Data(contentsOf: $0.mask.url) })
    }
  }

  /// The file of instances says the same as the label images.
  @Test func theFileOfInstancesIsCOCOs() throws {
    let files = try LayoutDataset("voc")
    let output = files.folder.appending("out")
    let dataset = try files.open()
    try convert(dataset, to: "coco", in: output)
    for folder in ["masks_train", "objects_train"] {
      try FileManager.default.removeItem(at: output.appending(path: "annotations/\(folder)"))
    }
    let read = try SegmentationDataset(root: output, split: "train")
    #expect(read.layout.name == "coco" && read.classes.names == dataset.classes.names)
    #expect(try read.contents() == dataset.contents())
  }

  /// Killed anywhere, the same conversion ends with the same folder.
  @Test(
    arguments: [FailingFiles.Failure.kill, .killHalfway, .full, .unreadable], ["coco", "labelme"])
  func aConversionGoesOnAfterAnyFailure(failure: FailingFiles.Failure, name: String) throws {
    let files = try LayoutDataset("voc")
    let dataset = try files.open()
    let whole = files.folder.appending("whole")
    try convert(dataset, to: name, in: whole)
    let expected = try tree(whole)
    for operations in stride(from: 0, to: 90, by: failure == .kill ? 3 : 11) {
      let output = files.folder.appending("out \(operations)")
      let disk = FailingFiles(failure, after: operations)
      _ = try? convert(dataset, to: name, in: output, files: disk)
      try convert(dataset, to: name, in: output)
      #expect(try tree(output) == expected, "after \(operations)")
    }
  }

  @Test func anotherConversionAndForeignFilesAreLeftAlone() throws {
    let files = try LayoutDataset("voc")
    let dataset = try files.open()
    let output = files.folder.appending("out")
    try convert(dataset, to: "voc", in: output)
    let before = try tree(output)
    #expect(message { try convert(dataset, to: "coco", in: output) }.contains("another layout"))
    #expect(try tree(output) == before)
    let foreign = try files.folder.write("mine", "foreign/notes.txt").deletingLastPathComponent()
    #expect(message { try convert(dataset, to: "coco", in: foreign) }.contains("'notes.txt'"))
    #expect(
      message { try convert(dataset, to: "coco", in: files.root) }.contains("inside the dataset"))
  }

  @Test func twoImagesThatWouldBeOneFileAreRefused() throws {
    let files = try LayoutDataset("mmsegmentation")
    let stem = LayoutDataset.stems[0]
    let image = Image(width: 40, height: 30, channels: 3, fill: 7)
    try files.folder.write(image.jpegData(), "data set/img_dir/val/\(stem).jpg")
    let mask = LabelImage(width: 40, height: 30, ids: [UInt8](repeating: 7, count: 1200))
    try files.folder.write(mask.pngData(), "data set/ann_dir/val/\(stem).png")
    let datasets = try ["train", "val"].map { try SegmentationDataset(root: files.root, split: $0) }
    #expect(
      message { try DatasetConversion(of: datasets, to: VOCLayout()) }
        .contains("both would be one file"))
    let folders = try DatasetConversion(of: datasets, to: COCOLayout())
    #expect(folders.splits.map(\.count) == [2, 1])
  }
}
