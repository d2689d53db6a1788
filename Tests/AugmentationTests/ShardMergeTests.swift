import Augmentation
import Faults
import Foundation
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ShardMergeTests {
  private let dataset: TestDataset
  private let plan: AugmentationPlan

  init() throws {
    dataset = try TestDataset()
    var settings = TestDataset.settings
    settings.images = 7
    plan = try dataset.plan(settings)
  }

  private var parts: [URL] { (1...3).map { dataset.folder.appending("part \($0)") } }
  private var merged: URL { dataset.folder.appending("merged") }

  private func paint(_ numbers: ClosedRange<Int>) throws {
    for number in numbers {
      try plan.run(into: parts[number - 1], shard: Shard(number, of: 3))
    }
  }

  private func merge(_ parts: [URL], stopping: Int? = nil) throws {
    let interruption = Interruption()
    try ShardMerge(of: parts).write(to: merged, interruption: interruption) { done, _ in
      if done == stopping { interruption.request() }
    }
  }

  @Test func givesTheFolderOfOneRunHoweverOftenItIsStopped() throws {
    try plan.run(into: dataset.folder.appending("whole"))
    try paint(1...3)
    let before = try parts.map { try tree($0) }
    for stop in 1..<11 {
      #expect { try merge(parts, stopping: stop) } throws: { error in
        (error as? AugmentationError)?.kind == .interrupted
      }
    }
    try merge(parts.reversed())
    #expect(try tree(merged) == tree(dataset.folder.appending("whole")))
    #expect(try parts.map { try tree($0) } == before)
    #expect(try plan.run(into: merged).found == 7)
  }

  @Test func saysWhatIsNotFinished() throws {
    try paint(1...2)
    let text = message { try merge(Array(parts[..<2])) }
    #expect(
      text.contains("of 7 images are not finished") && text.contains("JPEGImages/"), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: merged.path))
  }

  @Test func namesWhatIsDamagedAndOtherRuns() throws {
    try paint(1...3)
    let path = try #require(LedgerRecord.all(in: parts[1]).first).image
    try Data("x".utf8).write(to: parts[1].appendingPathComponent(path))
    #expect(message { try merge(parts) }.contains("\(path): this file is missing or not what"))
    try paint(2...2)
    try merge(parts)

    var settings = plan.settings
    settings.seed = 3
    let other = dataset.folder.appending("other")
    try dataset.plan(settings).run(into: other, shard: Shard(1, of: 2))
    #expect(
      message { try merge([parts[0], other]) }.contains("settings.seed is 0 there and 3 now"))
  }

  @Test func takesOnlyFoldersOfShards() throws {
    try paint(1...3)
    let whole = dataset.folder.appending("whole")
    try plan.run(into: whole)
    #expect(message { try merge([whole]) }.contains("whole already"))
    #expect(message { try merge([dataset.root]) }.contains("no folder that 'spolvero augment'"))
    #expect(
      message {
        try ShardMerge(of: parts).write(to: parts[0], interruption: Interruption())
      }.contains("inside a shard's folder"))
  }
}
