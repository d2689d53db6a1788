import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// Lists and files named as people and other programs name them.
@Suite struct ListedNamesTests {
  let files: TemporaryDataset

  init() throws { files = try TemporaryDataset() }

  private func stems(_ list: String) throws -> [String] {
    try files.writeSplit(list)
    return try files.open().entries.map(\.stem)
  }

  @Test(arguments: [
    "a.jpg", "a.JPG", "a.png", "JPEGImages/a.jpg", "/data/VOC2012/JPEGImages/a", "C:\\data\\a.png",
  ])
  func aFileIsFoundByItsStem(line: String) throws {
    try files.writePair("a", ids: [1])
    #expect(try stems("\(line)\r\n") == ["a"])
  }

  @Test func aStemWithAnExtensionIsTakenLiterallyWhereItIsThere() throws {
    for stem in ["a", "a.jpg"] { try files.writePair(stem, ids: [1]) }
    #expect(try stems("a.jpg\na\n") == ["a.jpg", "a"])
  }

  @Test func theListsOfOneClassNameWhatIsNotIt() throws {
    for stem in ["2007_000032", "b", "c", "my photo 1", "my photo -1"] {
      try files.writePair(stem, ids: [1])
    }
    #expect(
      try stems("2007_000032  1\nb -1\nc.jpg  0\nmy photo 1\nmy photo -1\n")
        == ["2007_000032", "c", "my photo 1", "my photo -1"])
  }

  @Test func pairsOfPathsAreNoStem() throws {
    try files.writePair("a", ids: [1])
    try files.writeSplit("/JPEGImages/a.jpg /SegmentationClassAug/a.png\n")
    #expect(try files.open().problems.map(\.remedy) == ["Write stems without folders."])
  }

  @Test func aMissingFileIsNamedWithoutItsExtension() throws {
    try files.writePair("a", ids: [1])
    try files.writeSplit("a\nb.jpg\n")
    let problems = try files.open().problems
    #expect(problems.map(\.stem) == ["b", "b"] && problems.allSatisfy { $0.isMissing })
    #expect(problems[0].found.hasPrefix("no photograph b.jpg, .jpeg or .png in"))
  }

  @Test(arguments: ["Jpg", "JPeG", "pNG"]) func extensionsMayBeOfAnyCase(suffix: String) throws {
    try files.writePair("a", ids: [1])
    let images = files.root.appending(path: "JPEGImages")
    try FileManager.default.moveItem(
      at: images.appending(path: "a.jpg"), to: images.appending(path: "a.\(suffix)"))
    let masks = files.root.appending(path: "SegmentationClass")
    try FileManager.default.moveItem(
      at: masks.appending(path: "a.png"), to: masks.appending(path: "a.Png"))
    #expect(try stems("a\n") == ["a"])
    #expect(try files.open().scan().classes == ["a": [1]])
  }

  @Test func theUsualExtensionIsPreferred() throws {
    for suffix in ["png", "jpg", "JPG"] { try files.writePair("a", ids: [1], extension: suffix) }
    try files.writeSplit("a\n")
    #expect(try files.open().entries[0].image.lastPathComponent == "a.jpg")
  }

  @Test func lettersInTwoScalarsAreThoseInOne() throws {
    try files.writePair("cafe\u{301}", ids: [1])
    let stem = try #require(try stems("caf\u{E9}\n").first)
    #expect(stem.unicodeScalars.count == 4, "the list's own spelling")
    #expect(try files.open().scan().classes.count == 1)
  }

  @Test func ofTwoSpellingsTheVeryBytesDecide() throws {
    for stem in ["e\u{301}", "\u{E9}"] { try files.writePair(stem, ids: [1]) }
    for stem in ["e\u{301}", "\u{E9}"] {
      try files.writeSplit(stem)
      let name = try files.open().entries[0].image.lastPathComponent
      #expect(name.unicodeScalars.count == stem.unicodeScalars.count + 4)
    }
  }

  @Test func namesThatAreNotUTF8AreExplained() throws {
    try files.writePair("a", ids: [1])
    var name = Array(files.root.appending(path: "JPEGImages/").path.utf8CString.dropLast())
    name += [0x2F, 0x66, CChar(bitPattern: 0xFC), 0x2E, 0x6A, 0x70, 0x67, 0]
    let file = try #require(fopen(name, "w"))
    fclose(file)
    try files.writeSplit("a\nfü\n")
    #expect(try files.open().problems[0].remedy.contains("not UTF-8: rename"))

    try files.write(Data([0x61, 0x0A, 0x66, 0xFC, 0x0A]), "ImageSets/Segmentation/train.txt")
    let error = #expect(throws: DatasetError.self) { try files.open() }
    #expect(error?.description.contains("line 2 of the list is not UTF-8") == true)
  }
}
