import Augmentation
import Foundation
import TestSupport
import Testing

@Suite struct LedgerTests {
  private let dataset: TestDataset
  private let output: URL
  private var ledger: URL { output.appending(path: Ledger.path) }
  private var lines: LedgerLines { LedgerLines(of: ledger) }

  init() throws {
    dataset = try TestDataset()
    output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
  }

  private func write(_ lines: [String]) throws {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: ledger)
  }

  private func object(_ line: String) throws -> [String: any Sendable] {
    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: any Sendable])
  }

  @Test func saysOnceWhatImagesShare() throws {
    let first = try Data(contentsOf: ledger).split(separator: UInt8(ascii: "\n"))[0]
    #expect(lines.setups == [String(decoding: first, as: UTF8.self)] && lines.images.count == 5)
    let setup = try object(lines.setups[0])
    #expect(Set(setup.keys) == ["setup", "settings", "models", "paintedOn", "generator"])
    let name = try #require(setup["setup"] as? String)
    #expect(name.count == 16)
    for line in lines.images {
      let image = try object(line)
      #expect(image["setup"] as? String == name && image["settings"] == nil)
      #expect(image["models"] == nil && image["paintedOn"] == nil && image["generator"] == nil)
    }
  }

  /// The lines of earlier versions said everything of every image.
  private func wholeLines() throws -> [String] {
    let setup = try object(lines.setups[0])
    return try lines.images.map { line in
      var whole = try object(line).merging(setup) { own, _ in own }
      whole["setup"] = nil
      let data = try JSONSerialization.data(
        withJSONObject: whole, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self)
    }
  }

  @Test func wholeLinesOfEarlierVersionsAreReadAndStay() throws {
    let (records, whole, images) = (
      try LedgerRecord.all(in: output), try wholeLines(), lines.images
    )
    try write(whole)
    #expect(try LedgerRecord.all(in: output) == records)
    #expect(try dataset.plan().run(into: output) == .init(painted: 0, found: 5))
    #expect(lines.images == whole && lines.setups.isEmpty)
    // A run that goes on adds lines of today.
    try write(Array(whole[..<3]))
    #expect(try dataset.plan().run(into: output) == .init(painted: 2, found: 3))
    #expect(lines.images == Array(whole[..<3] + images[3...]) && lines.setups.count == 1)
    #expect(try LedgerRecord.all(in: output) == records)
  }

  @Test func aLineWithoutItsSetupIsNone() throws {
    let whole = try tree(output)
    try write(lines.images)
    #expect(
      message { try LedgerRecord.all(in: output) }.contains("line 1: this is no record of an image")
    )
    #expect(try dataset.plan().run(into: output) == .init(painted: 5, found: 0))
    #expect(try tree(output) == whole)
  }

  @Test func otherSettingsThanTheRunsAreNotTrue() throws {
    let whole = try tree(output)
    let forged = lines.setups[0].replacing(#""resolution":24"#, with: #""resolution":25"#)
    #expect(forged != lines.setups[0])
    try write([forged] + lines.images)
    #expect(try dataset.plan().run(into: output) == .init(painted: 5, found: 0))
    #expect(try tree(output) == whole)
  }

  /// As after a kill between a setup and its first image, or by hand.
  @Test func setupsThatNobodyNamesAreLeftOut() throws {
    let whole = try tree(output)
    let other = lines.setups[0].replacing("brush", with: "quill")
    try write(lines.setups + [other] + lines.images + lines.setups)
    #expect(try dataset.plan().run(into: output).painted == 0)
    #expect(try tree(output) == whole)
  }
}
