import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct InvalidFilesTests {
  let files: TemporaryDataset

  init() throws {
    files = try TemporaryDataset()
    for stem in ["a", "b", "c"] { try files.writePair(stem, ids: [1, 2]) }
    try files.writeSplit("a\nb\nmissing\nc\n")
  }

  @Test func allThatIsWrongIsSaidAtOnce() throws {
    try files.write(Data("no JPEG".utf8), "JPEGImages/a.jpg")
    try files.write(Data("no PNG".utf8), "SegmentationClass/a.png")
    let scan = try files.open().scan()
    #expect(scan.problems.map(\.stem) == ["missing", "missing", "a", "a"])
    #expect(throws: DatasetError.self) { try scan.settle(skippingInvalid: false) }
  }

  @Test func whatCanBeUsedIsCountedWithoutTheRest() throws {
    try files.write(Data("no PNG".utf8), "SegmentationClass/a.png")
    let scan = try files.open().scan()
    #expect(try scan.settle(skippingInvalid: true) == scan.problems)
    #expect(scan.classes == ["b": [1, 2], "c": [1, 2]])
    #expect(scan.pixels[1] == 2)
  }

  @Test func nothingLeftIsAnError() throws {
    for stem in ["a", "b", "c"] { try files.write(Data(), "JPEGImages/\(stem).jpg") }
    let scan = try files.open().scan()
    let error = #expect(throws: DatasetError.self) { try scan.settle(skippingInvalid: true) }
    #expect(error?.problems.count == 5)
  }

  @Test func furtherRequirementsAreReportedAlike() throws {
    let dataset = try files.open()
    let scan = try dataset.scan(requiring: { entry, size throws(DatasetError) in
      guard entry.stem != "b" || size.width != 4 else {
        throw DatasetError([
          DatasetProblem(stem: "b", place: "b.jpg", found: "too blue", remedy: "")
        ])
      }
    })
    #expect(
      scan.problems.map(\.found).last == "too blue" && scan.classes.keys.sorted() == ["a", "c"])
  }

  @Test func theScanEndsWhenItsCheckThrows() throws {
    #expect(throws: CancellationError.self) {
      try files.open().scan(check: { throw CancellationError() })
    }
  }

  /// Root may read everything, so what stands in for a file without permission is a folder.
  @Test func whatCannotBeReadIsToldFromWhatIsWrong() throws {
    let image = files.root.appending(path: "JPEGImages/a.jpg")
    try FileManager.default.removeItem(at: image)
    try FileManager.default.createDirectory(at: image, withIntermediateDirectories: false)
    try files.writeSplit("a\nb\n")
    let problems = try files.open().scan().problems
    #expect(problems.map(\.isMissing) == [true])
    #expect(problems[0].found == "this is a folder, not a file")
    #expect(DatasetError(problems).kind == .noInput)
    try files.write(Data(), "JPEGImages/b.jpg")
    #expect(try DatasetError(files.open().scan().problems).kind == .badData)
  }

  @Test func aFolderWithoutListsHasItsPairs() throws {
    try files.write(Data(), "JPEGImages/alone.jpg")
    let dataset = try SegmentationDataset(unlistedIn: files.root)
    #expect(dataset.entries.map(\.stem) == ["a", "b", "c"] && dataset.problems.isEmpty)
  }
}
