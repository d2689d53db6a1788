import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// Instance masks are compared with masks.
@Suite struct InstanceCheckTests {
  let files: TemporaryDataset

  init() throws {
    files = try TemporaryDataset()
    try files.writePair("a", ids: [8, 8, 255, 12, 12])
    try files.writePair("b", ids: [1])
    try files.writeSplit("a\nb\n")
    try FileManager.default.createDirectory(
      at: files.root.appending(path: "SegmentationObject"), withIntermediateDirectories: false)
  }

  private func write(_ ids: [UInt8], width: Int = 4, height: Int = 3) throws {
    let padded = ids + [UInt8](repeating: 0, count: width * height - ids.count)
    try files.write(
      LabelImage(width: width, height: height, ids: padded).pngData(), "SegmentationObject/a.png")
  }

  private func problems() throws -> [String] {
    let scan = try files.open().scan()
    #expect(scan.problems.allSatisfy { $0.stem == "a" && $0.place.hasSuffix("Object/a.png") })
    return scan.problems.map(\.found)
  }

  @Test func areFoundWhereTheyAreAndReadWithTheRest() throws {
    try write([1, 1, 255, 2, 2])
    let dataset = try files.open()
    #expect(dataset.entries.map { $0.instances?.url.lastPathComponent } == ["a.png", nil])
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.instances?.classes == [0, 1, 2, 255])
    #expect(loaded.hashes.instances?.count == 64)
    let scan = try dataset.scan()
    #expect(scan.problems.isEmpty && scan.images["a"]?.hashes == loaded.hashes)
    #expect(scan.images["b"]?.hashes.instances == nil)
  }

  /// Rims may be drawn wider in the one than in the other, and a class may have pixels of no instance.
  @Test(arguments: [[1, 1, 1, 2, 2], [1, 0, 0, 2, 2, 2], [1], []] as [[UInt8]])
  func rimsAndCrowdsAreNoProblem(ids: [UInt8]) throws {
    try write(ids)
    #expect(try problems().isEmpty)
  }

  @Test func anInstanceIsOneThingOfOneClass() throws {
    try write([1, 1, 255, 1, 2, 3, 3])
    #expect(
      try problems() == [
        "instance 1 covers pixels of several classes (8, 12)",
        "instance 3 covers no pixel that the mask gives a class",
      ])
  }

  @Test func theirSizeIsTheMasks() throws {
    try write([1], width: 3, height: 4)
    #expect(try problems() == ["the instance mask has 3×4 pixels, the mask 4×3"])
  }

  @Test func aDamagedFileIsNamed() throws {
    try files.write(Data("no PNG".utf8), "SegmentationObject/a.png")
    #expect(try problems().count == 1)
    #expect(try files.open().scan().classes == ["b": [1]])
  }
}
