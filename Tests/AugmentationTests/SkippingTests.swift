import Augmentation
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Photographs that cannot be repainted: all of them are said, or left out on demand.
@Suite struct SkippingTests {
  private let dataset: TestDataset

  /// A dataset with a damaged mask and a strip beside two photographs that can be used.
  init() throws {
    dataset = try TestDataset(stems: ["a", "damaged", "b", "strip"])
    try write(Data("no PNG".utf8), "SegmentationClass/damaged.png")
    try write(
      Image(width: 340, height: 20, channels: 3, fill: 9).jpegData(), "JPEGImages/strip.jpg")
    let ids = [UInt8](repeating: 7, count: 340 * 20)
    try write(
      LabelImage(width: 340, height: 20, ids: ids).pngData(), "SegmentationClass/strip.png")
  }

  private func write(_ data: Data, _ path: String) throws {
    try data.write(to: dataset.root.appendingPathComponent(path))
  }

  private func plan(skipping: Bool = true) throws -> AugmentationPlan {
    try AugmentationPlan(
      dataset: SegmentationDataset(root: dataset.root, split: "train"), captions: nil,
      settings: TestDataset.settings, skippingInvalid: skipping)
  }

  @Test func allAreNamedInOneMessage() throws {
    let text = message { try plan(skipping: false) }
    #expect(text.hasPrefix("2 problems in the dataset:"))
    #expect(text.contains("damaged.png") && text.contains("strips of more than 16:1"))
  }

  @Test func theOutputIsMadeOfTheOthersAndSaysWhatIsLeftOut() throws {
    let plan = try plan()
    #expect(plan.sources.map(\.stem) == ["a", "b"])
    #expect(plan.skipped.map(\.stem) == ["damaged", "strip"])
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    let files = try tree(output)
    let list = String(
      decoding: try #require(files["ImageSets/Segmentation/train.txt"]), as: UTF8.self)
    #expect(list.hasPrefix("a\nb\na_1\n") && !list.contains("strip"))
    #expect(!files.keys.contains { $0.contains("strip") || $0.contains("damaged") })

    let skipped = try #require(files["skipped.jsonl"]).split(separator: UInt8(ascii: "\n"))
    let lines = try skipped.map { try JSONDecoder().decode([String: String].self, from: Data($0)) }
    #expect(lines.map { $0["stem"] } == ["damaged", "strip"])
    #expect(
      lines.map { $0["place"] } == ["SegmentationClass/damaged.png", "JPEGImages/strip.jpg"])
    #expect(lines[1]["reason"]?.contains("340×20") == true)
  }

  @Test func itStaysTheSameRun() throws {
    let output = dataset.folder.appending("out")
    try plan().run(into: output)
    let whole = try tree(output)
    try FileManager.default.removeItem(at: output.appendingPathComponent("JPEGImages/a_1.jpg"))
    #expect(try plan().run(into: output).painted == 1)
    #expect(try tree(output) == whole)
  }

  @Test func nothingIsWrittenAboutWhatIsWhole() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    #expect(try tree(output)["skipped.jsonl"] == nil)
  }

  @Test func aNameWithoutRoomForANumberIsFoundWhilePlanning() throws {
    let (fits, long) = (String(repeating: "ä", count: 121), String(repeating: "n", count: 243))
    let dataset = try TestDataset(stems: [fits, long])
    let text = message { try dataset.plan() }
    #expect(text.contains("the name has 243 bytes") && !text.contains(fits))
  }

  @Test func planningEndsWhenItsCheckThrows() throws {
    #expect(throws: CancellationError.self) {
      try AugmentationPlan(
        dataset: SegmentationDataset(root: dataset.root, split: "train"), captions: nil,
        settings: TestDataset.settings, check: { throw CancellationError() })
    }
  }
}
