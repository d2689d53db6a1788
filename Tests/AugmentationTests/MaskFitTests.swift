import Augmentation
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct MaskFitTests {
  private let labels = LabelImage(
    width: 32, height: 24, ids: (0..<32 * 24).map { $0 % 32 < 16 ? 0 : 8 })

  /// Grey on both sides of a step at `column`.
  private func step(at column: Int, from low: UInt8 = 50, to high: UInt8 = 200) -> Image {
    Image(
      width: 32, height: 24, channels: 1,
      pixels: (0..<32 * 24).map { $0 % 32 < column ? low : high })
  }

  private func noise() -> Image {
    var state: UInt64 = 1
    let pixels = (0..<32 * 24).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    return Image(width: 32, height: 24, channels: 1, pixels: pixels)
  }

  @Test func isOneWhereThePictureChangesWithItsMask() throws {
    let fit = try #require(MaskFit(photograph: step(at: 16), labels: labels))
    #expect(fit(step(at: 16)) == 1)
    // Neither colours nor contrast count.
    #expect(fit(step(at: 16, from: 120, to: 90).rgb()) == 1)
  }

  @Test func isLowWhereItChangesElsewhere() throws {
    let fit = try #require(MaskFit(photograph: step(at: 16), labels: labels))
    #expect(fit(step(at: 6)) == 0)
    #expect(fit(step(at: 16, from: 9, to: 9)) == 0)
    #expect(abs(fit(noise())) < 0.15)
    // Beside the outline is worse than by chance.
    #expect(fit(step(at: 18)) == -1)
  }

  @Test func cannotBeToldWithoutAnythingAtTheBorders() {
    #expect(MaskFit(photograph: step(at: 6), labels: labels) == nil)
    let whole = LabelImage(width: 32, height: 24, ids: [UInt8](repeating: 8, count: 32 * 24))
    #expect(MaskFit(photograph: step(at: 16), labels: whole) == nil)
  }

  @Test func standsInTheLedgerAndIsSummedUpByClass() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let records = try LedgerRecord.all(in: output)
    let fits = try records.map { try #require($0.fit) }.sorted()
    let summary = try #require(FitSummary(of: records))
    #expect(summary.median == fits[2])
    for (words, median) in summary.medianPerClass {
      let own = try records.filter { $0.classes.contains(words) }.map { try #require($0.fit) }
      #expect(median == own.sorted()[(own.count - 1) / 2])
    }
    #expect(Set(summary.medianPerClass.keys) == Set(records.flatMap(\.classes)))
  }

  @Test func ledgersWithoutItAreReadAndGoneOnWith() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let ledger = output.appendingPathComponent("ledger.jsonl")
    let text = try String(contentsOf: ledger, encoding: .utf8)
    let older = text.replacing(#/"fit":[0-9.]+,/#, with: "")
    #expect(older != text)
    try Data(older.utf8).write(to: ledger)
    #expect(FitSummary(of: try LedgerRecord.all(in: output)) == nil)
    #expect(try dataset.plan().run(into: output).painted == 0)
    #expect(try Data(contentsOf: ledger) == Data(older.utf8))
  }
}
