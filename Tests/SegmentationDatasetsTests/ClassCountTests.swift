import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// Whether the ids of a list of bare names begin at 0 or 1 is compared with the masks, never guessed.
@Suite struct ClassCountTests {
  let files: TemporaryDataset

  init() throws { files = try TemporaryDataset() }

  private func dataset(
    _ list: String, firstID: Int? = nil, ids: [UInt8]
  ) throws -> SegmentationDataset {
    try files.writePair("a", ids: ids)
    try files.writeSplit("a\n")
    let url = files.root.appending(path: "names.txt")
    try Data(list.utf8).write(to: url)
    return try SegmentationDataset(
      root: files.root, split: "train", classes: ClassList(contentsOf: url, firstID: firstID))
  }

  @Test(arguments: [[0, 1, 255], [0, 2], [1], [0]] as [[UInt8]])
  func idsThatFitBothCountsAreRefused(ids: [UInt8]) throws {
    let error = #expect(throws: DatasetError.self) {
      try dataset("road\nsky\ncar\n", ids: ids).scan()
    }
    let text = try #require(error?.description)
    #expect(text.contains("counted from 0, 0 is 'road'"))
    #expect(text.contains("counted from 1, 0 is background"))
    #expect(error?.remedies == [Remedy(.firstClassID, ["0", "1"])])
  }

  @Test func anIDAsHighAsTheNumberOfNamesShowsThatTheyBeginAt1() throws {
    #expect(try dataset("road\nsky\ncar\n", ids: [3, 1]).scan().classes == ["a": [1, 3]])
  }

  @Test func highIDsAreBeyondTheListWhateverItsCount() throws {
    let scan = try dataset("road\nsky\ncar\n", ids: [4]).scan()
    #expect(scan.problems.map(\.found) == ["the mask holds ids beyond the class list (4)"])
  }

  @Test(arguments: [("road\nsky\n", 0), ("0 road\n1 sky\n", nil)] as [(String, Int?)])
  func idZeroCountsAsTheClassItIs(list: String, firstID: Int?) throws {
    let dataset = try dataset(list, firstID: firstID, ids: [1, 255, 255])
    let scan = try dataset.scan()
    #expect(scan.classes == ["a": [0, 1]])
    let statistics = DatasetStatistics(of: scan, classes: dataset.classes)
    #expect(statistics.imagesPerClass == [0: 1, 1: 1])
    #expect(statistics.pixelsPerClass == [0: 9, 1: 1])
  }

  @Test(arguments: [("background\nroad\nsky\n", nil), ("road\nsky\n", 1)] as [(String, Int?)])
  func nothingIsAskedWhereTheCountIsSaid(list: String, firstID: Int?) throws {
    #expect(try dataset(list, firstID: firstID, ids: [1]).scan().classes == ["a": [1]])
  }
}
