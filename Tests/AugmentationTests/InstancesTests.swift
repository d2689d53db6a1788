import Augmentation
import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Instance masks go with masks.
@Suite struct InstancesTests {
  private let dataset: TestDataset
  private var output: URL { dataset.folder.appending("out") }

  /// Gives the photograph 'a' two instances of its class, with a palette of their own; the other one has none.
  init() throws {
    dataset = try TestDataset(stems: ["a", "b"])
    let mask = try LabelImage(
      contentsOf: dataset.root.appendingPathComponent("SegmentationClass/a.png"))
    let ids = mask.ids.enumerated().map { pixel, id in
      id == 0 ? 0 : UInt8(pixel / mask.width < 15 ? 1 : 2)
    }
    let instances = LabelImage(
      width: mask.width, height: mask.height, ids: ids, palette: Palette.cityscapes)
    let folder = dataset.root.appendingPathComponent("SegmentationObject")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try instances.pngData().write(to: folder.appendingPathComponent("a.png"))
  }

  private func file(_ path: String, in root: URL? = nil) throws -> Data {
    try Data(contentsOf: (root ?? output).appendingPathComponent(path))
  }

  @Test func areCopiedForOriginalsAndRepaintings() throws {
    try dataset.plan().run(into: output)
    let original = try file("SegmentationObject/a.png", in: dataset.root)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: output.appendingPathComponent("SegmentationObject").path)
    #expect(names.allSatisfy { $0.hasPrefix("a") } && names.contains("a.png"))
    #expect(names.count > 1)
    for name in names { #expect(try file("SegmentationObject/\(name)") == original) }
    for record in try LedgerRecord.all(in: output) {
      #expect((record.instances != nil) == (record.source == "a"))
      #expect(record.instancesSHA256 == (record.source == "a" ? original.sha256 : nil))
    }
    let made = try SegmentationDataset(root: output, split: "train")
    #expect(made.entries.count { $0.instances != nil } == names.count)
    #expect(try made.scan().problems.isEmpty)
  }

  @Test func haveTheSizeOfTheirMasks() throws {
    var settings = TestDataset.settings
    settings.keepsPaintedSize = true
    try dataset.plan(settings).run(into: output)
    let made = try SegmentationDataset(root: output, split: "generated")
    for entry in made.entries {
      let loaded = try made.load(entry)
      #expect(loaded.mask.size == loaded.image.size)
      guard let instances = loaded.instances else { continue }
      #expect(instances.classes == [0, 1, 2] && instances.palette == Palette.cityscapes)
    }
    #expect(made.entries.contains { $0.instances != nil })
  }

  @Test(arguments: ["a.png", "a_1.png"]) func areMendedLikeMasks(name: String) throws {
    try dataset.plan().run(into: output)
    let whole = try tree(output)
    let url = output.appendingPathComponent("SegmentationObject/\(name)")
    try Data("no PNG".utf8).write(to: url)
    try dataset.plan().run(into: output)
    #expect(try tree(output) == whole)
  }

  @Test func makeAnotherDatasetWhenTheyChange() throws {
    try dataset.plan().run(into: output)
    let folder = dataset.root.appendingPathComponent("SegmentationObject")
    try FileManager.default.removeItem(at: folder)
    #expect(message { try dataset.plan().run(into: output) }.contains("dataset is not what it was"))
  }
}
