import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct MaskCheckTests {
  let files: TemporaryDataset

  init() throws {
    files = try TemporaryDataset()
    try files.writePair("a", ids: [15, 255])
    try files.writeSplit("a\n")
  }

  /// What both ways of reading the only entry say.
  private func message() throws -> String {
    let dataset = try files.open()
    let scanned = #expect(throws: DatasetError.self) {
      try dataset.scan().settle(skippingInvalid: false)
    }
    let loaded = try #require(throws: (any Error).self) { try dataset.load(dataset.entries[0]) }
    #expect(scanned?.description == "\(loaded)")
    return "\(loaded)"
  }

  @Test func aMaskOfAnotherSizeThanItsPhotographIsRefused() throws {
    try files.writeMask("a", LabelImage(width: 3, height: 4, ids: [UInt8](repeating: 1, count: 12)))
    #expect(try message().contains("a.png: the mask has 3×4 pixels, its photograph 4×3"))
  }

  @Test func theSizeIsComparedWithTheUprightPhotograph() throws {
    let tilted = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/images/orientation6.jpg")
    try files.write(Data(contentsOf: tilted), "JPEGImages/a.jpg")
    let size = try ImageSize(ofImageAt: tilted)
    let ids = [UInt8](repeating: 1, count: size.width * size.height)
    try files.writeMask("a", LabelImage(width: size.width, height: size.height, ids: ids))
    let dataset = try files.open()
    let loaded = try dataset.load(dataset.entries[0])
    let (image, mask) = (loaded.image, loaded.mask)
    #expect(image.size == mask.size && size.height > size.width)
    try files.writeMask("a", LabelImage(width: size.height, height: size.width, ids: ids))
    #expect(try message().contains("Exif's orientation counts"))
  }

  @Test func idsBeyondTheClassListAreNamed() throws {
    try files.writePair("a", ids: [1, 21, 200, 255])
    #expect(try message().contains("a.png: the mask holds ids beyond the class list (21, 200)"))
    try files.writePair("a", ids: Array(30..<42))
    #expect(
      try message().contains("(30, 31, 32, 33, 34, 35, 36, 37 and 4 more)"))
  }

  @Test(arguments: [1, 12]) func anOpenMaskIsAPhotographWithoutClasses(count: Int) throws {
    try files.writePair("b", ids: [UInt8](repeating: 255, count: count))
    try files.writeSplit("a\nb\n")
    let scan = try files.open().scan()
    #expect(scan.classes == ["a": [15], "b": []] && scan.problems.isEmpty)
    let notice = try #require(scan.notices.first)
    #expect(
      notice.hasPrefix("1 of 2 masks leave all classes open (255)") && notice.contains(": b."))

    try files.writeSplit("b\n")
    let error = #expect(throws: DatasetError.self) { try files.open().scan() }
    #expect(
      error?.description.contains("no mask of the list has a class: all hold only 255") == true)
  }

  @Test func aMaskOfBackgroundAloneIsAPhotographWithoutClasses() throws {
    try files.writePair("a", ids: [])
    #expect(try files.open().scan().classes == ["a": []])
  }

  @Test func anRGBMaskOrADamagedFileIsNamed() throws {
    let rgb = Image(width: 4, height: 3, channels: 3, fill: 1)
    try files.write(rgb.pngData(), "SegmentationClass/a.png")
    #expect(try message().contains("SegmentationClass/a.png: a mask must hold one class id"))
    try files.writePair("a", ids: [1])
    try files.write(rgb.jpegData().prefix(60), "JPEGImages/a.jpg")
    #expect(try message().contains("JPEGImages/a.jpg: the JPEG is damaged"))
  }

  @Test func aScanCountsClassesAndPixels() throws {
    try files.writePair("b", ids: [15, 15, 1])
    try files.writeSplit("b\na\n")
    let scan = try files.open().scan()
    #expect(scan.classes == ["a": [15], "b": [1, 15]])
    #expect(scan.pixels[0] == 19 && scan.pixels[1] == 1)
    #expect(scan.pixels[15] == 3 && scan.pixels[255] == 1)
  }

  @Test func aScanReportsTheProblemsOfAllMasksInTheListsOrder() throws {
    for index in 0..<12 { try files.writePair("m\(index)", ids: [UInt8(100 + index)]) }
    try files.writeSplit("a\n" + (0..<12).map { "m\($0)\n" }.joined())
    let problems = try files.open().scan().problems
    #expect(problems.map(\.stem) == (0..<12).map { "m\($0)" })
    for (index, problem) in problems.enumerated() {
      #expect(problem.place.hasSuffix("m\(index).png"))
      #expect(problem.found.contains("(\(100 + index))") && !problem.isMissing)
    }
  }
}
