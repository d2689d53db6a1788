import Augmentation
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ContactSheetTests {
  private func withAugmented(_ body: (_ dataset: TestDataset, _ output: URL) throws -> Void) throws
  {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("augmented")
    try dataset.plan().run(into: output)
    // The folder goes with the dataset.
    try withExtendedLifetime(dataset) { try body(dataset, output) }
  }

  private func sheet(of output: URL, rows: Int, side: Int = 40) throws -> ContactSheet {
    try sheet(of: output, choosing: .spread(rows), side: side)
  }

  private func sheet(
    of output: URL, choosing choice: SheetChoice, side: Int = 40
  ) throws -> ContactSheet {
    try ContactSheet(of: output, choosing: choice, side: side) { kind in
      #expect(kind == .annotator(.canny))
      return CannyDetector()
    }
  }

  @Test func showsPhotographMaskGuidePictureAndOverlay() throws {
    try withAugmented { dataset, output in
      // The first photograph is 40×30 pixels, so that nothing is resized.
      let sheet = try sheet(of: output, rows: 5)
      let row = try #require(sheet.records.firstIndex { $0.source == "a" })
      let image = try sheet.image()
      #expect(image.width == 5 * 44 - 4 && image.height == 15 + 5 * 55)
      func cell(_ column: Int) -> Image {
        image.part(x: 44 * column, y: 30 + 55 * row + 5, width: 40, height: 30)
      }
      let (entry, name) = try (
        SegmentationDataset(root: dataset.root, split: "train").entries[0], sheet.records[row].image
      )
      let mask = try entry.mask.labels().coloured()
      let generated = try Image(contentsOf: output.appendingPathComponent(name))
      #expect(try cell(0) == Image(contentsOf: entry.image))
      #expect(cell(1) == mask)
      #expect(Set(cell(2).pixels).count > 1)
      #expect(cell(3) == generated)
      let (inside, outside) = (3 * (15 * 40 + 14), 3 * (2 * 40 + 30))
      #expect(cell(4).pixels[inside] == generated.pixels[inside] / 2 + mask.pixels[inside] / 2)
      #expect(cell(4).pixels[outside] == generated.pixels[outside])
    }
  }

  @Test func spreadsItsRowsOverTheLedger() throws {
    try withAugmented { _, output in
      let all = try LedgerRecord.all(in: output)
      #expect(all.count == 5)
      #expect(try sheet(of: output, rows: 100).records == all)
      #expect(try sheet(of: output, rows: 2).records == [all[0], all[2]])
      #expect(try sheet(of: output, rows: 1, side: 64).image().height == 30 + 64)
    }
  }

  @Test func choosesByFitAndByPlace() throws {
    try withAugmented { _, output in
      let all = try LedgerRecord.all(in: output)
      let fits = try all.map { try #require($0.fit) }
      let worst = try sheet(of: output, choosing: .worst(3)).records.map(\.fit)
      #expect(worst == fits.sorted().prefix(3).map { $0 })
      #expect(try sheet(of: output, choosing: .latest(2)).records == all.suffix(2))
    }
  }

  @Test func headsItsColumnsAndWritesThePromptAboveEachRow() throws {
    try withAugmented { _, output in
      let image = try sheet(of: output, rows: 2, side: 120).image()
      func ink(y: Int, height: Int) -> Int {
        image.part(x: 0, y: y, width: image.width, height: height).pixels.count { $0 == 0 } / 3
      }
      #expect(ink(y: 4, height: 7) > 100)
      #expect(ink(y: 15 + 4, height: 7) > 100 && ink(y: 15 + 135 + 4, height: 7) > 100)
      #expect(ink(y: 0, height: 4) == 0 && ink(y: 11, height: 8) == 0)
    }
  }

  @Test func showsARunThatIsGoingOn() throws {
    try withAugmented { _, output in
      let all = try LedgerRecord.all(in: output)
      try FileManager.default.removeItem(
        at: output.appendingPathComponent("ImageSets/Segmentation/train.txt"))
      #expect(try UnfinishedRun.owns(output))
      let ledger = output.appendingPathComponent("ledger.jsonl")
      try Data(contentsOf: ledger).dropLast(20).write(to: ledger)
      let sheet = try sheet(of: output, rows: 9)
      #expect(sheet.records == Array(all.dropLast()))
      #expect(try sheet.image().height == 15 + 4 * 55)

      try FileManager.default.removeItem(at: ledger)
      #expect(message { try LedgerRecord.all(in: output) }.contains("no image is finished yet"))
    }
  }

  @Test func aLedgerThatCannotBeReadIsNotAbsent() throws {
    try withAugmented { _, output in
      let ledger = output.appendingPathComponent("ledger.jsonl")
      try FileManager.default.removeItem(at: ledger)
      try FileManager.default.createDirectory(at: ledger, withIntermediateDirectories: false)
      let text = message { try LedgerRecord.all(in: output) }
      #expect(text.contains("cannot be read (") && !text.contains("no ledger"))
    }
  }

  @Test func sizesThatNothingHasAreNoRecord() throws {
    try withAugmented { _, output in
      let ledger = output.appendingPathComponent("ledger.jsonl")
      let text = try String(contentsOf: ledger, encoding: .utf8)
      let forged = text.replacing(#"{"height":24,"width":32}"#, with: #"{"height":0,"width":0}"#)
      #expect(forged != text)
      try Data(forged.utf8).write(to: ledger)
      #expect(
        message { try sheet(of: output, rows: 9) }.contains(
          "0×0 pixels are no size that is painted"))
    }
  }

  @Test func endsWhenItsCheckThrows() throws {
    try withAugmented { _, output in
      #expect(throws: CancellationError.self) {
        try sheet(of: output, rows: 9).image { throw CancellationError() }
      }
    }
  }

  @Test func saysWhatIsMissing() throws {
    try withAugmented { _, output in
      let ledger = output.appendingPathComponent("ledger.jsonl")
      #expect(
        message { try sheet(of: output.deletingLastPathComponent(), rows: 1) }.contains("no ledger")
      )
      try Data("{}\n".utf8).write(to: ledger)
      #expect(message { try sheet(of: output, rows: 1) }.contains("line 1"))
      try Data().write(to: ledger)
      #expect(message { try sheet(of: output, rows: 1) }.contains("no image"))
    }
  }
}

extension Image {
  fileprivate func part(x: Int, y: Int, width: Int, height: Int) -> Image {
    let rows = (y..<y + height).map { row in
      pixels[channels * (row * self.width + x)..<channels * (row * self.width + x + width)]
    }
    return Image(width: width, height: height, channels: channels, pixels: rows.flatMap { $0 })
  }
}
