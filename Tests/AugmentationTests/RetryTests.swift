import Augmentation
import DiffusionPipelines
import Faults
import Foundation
import TestSupport
import Testing

/// Images that follow their masks too little.
@Suite struct RetryTests {
  private let dataset: TestDataset

  init() throws { dataset = try TestDataset() }

  private func plan(minFit: Double?, retries: Int?) throws -> AugmentationPlan {
    var settings = TestDataset.settings
    (settings.minFit, settings.retries) = (minFit, retries)
    return try dataset.plan(settings)
  }

  @Test func arePaintedAgainAndTheBestIsKept() throws {
    let (output, generator) = (dataset.folder.appending("out"), FakeGenerator())
    let plan = try plan(minFit: 100, retries: 2)
    try plan.run(into: output, generator: generator, batchSize: 2)
    let records = try LedgerRecord.all(in: output)
    let measured = records.filter { $0.fit != nil }
    try #require(!measured.isEmpty)
    // Nothing fits that well, so each image that can be measured was painted three times.
    #expect(generator.painted.count == records.count + 2 * measured.count)
    #expect(Set(generator.painted.map(\.seed)).count == generator.painted.count)
    #expect(records.contains { $0.attempt != nil })
    for record in measured {
      #expect(generator.painted.contains { $0.seed == record.seed })
    }
    let once = dataset.folder.appending("once")
    try self.plan(minFit: nil, retries: nil).run(into: once)
    for (best, first) in zip(records, try LedgerRecord.all(in: once)) {
      #expect(best.fit ?? 0 >= first.fit ?? 0)
      #expect((best.seed == first.seed) == (best.attempt == nil))
    }
  }

  @Test func areTheSameWhateverTheBatchAndHoweverOftenARunIsStopped() throws {
    let whole = dataset.folder.appending("whole")
    let plan = try plan(minFit: 100, retries: 2)
    try plan.run(into: whole, batchSize: 3)
    let parts = dataset.folder.appending("parts")
    try plan.run(into: parts)
    #expect(try tree(parts) == tree(whole))
    try FileManager.default.removeItem(at: parts.appendingPathComponent("JPEGImages/a_1.jpg"))
    #expect(try plan.run(into: parts).painted == 1)
    #expect(try tree(parts) == tree(whole))
  }

  @Test func thoseThatFitArePaintedOnce() throws {
    let generator = FakeGenerator()
    let outcome = try plan(minFit: -100, retries: 2)
      .run(into: dataset.folder.appending("out"), generator: generator)
    #expect(generator.painted.count == outcome.painted)
  }

  @Test(arguments: [(0.5, nil), (nil, 2), (.nan, 2), (0.5, 0)] as [(Double?, Int?)])
  func settingsThatSayHalfOfItAreRefused(minFit: Double?, retries: Int?) {
    #expect(remedies { try plan(minFit: minFit, retries: retries) } == [.minFit, .retries])
  }
}
