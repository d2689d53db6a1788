import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct CityscapesLayoutTests {
  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private func write(
    _ kind: String, _ city: String, _ ids: [UInt8], instances: [UInt32]? = nil
  ) throws {
    let stem = "\(city)/\(city)_000000_000019"
    try files.photograph("leftImg8bit/train/\(stem)_leftImg8bit.png")
    try files.mask("gtFine/train/\(stem)_gtFine_\(kind).png", ids)
    guard let instances else { return }
    let rest = [UInt32](repeating: instances[0], count: 12 - instances.count)
    try files.write(
      NumberImage(width: 4, height: 3, numbers: instances + rest).pngData(),
      "gtFine/train/\(stem)_gtFine_instanceIds.png")
  }

  @Test func citiesAreOneSplitAndTheRoadIsAClass() throws {
    for city in ["ulm", "aachen"] { try write("labelTrainIds", city, [0, 1]) }
    try write("labelIds", "aachen", [7, 8])
    let dataset = try files.open()
    #expect(dataset.layout.title == "cityscapes (labelTrainIds)")
    #expect(dataset.entries.map(\.stem) == ["aachen_000000_000019", "ulm_000000_000019"])
    #expect(dataset.classes.names.count == 19 && dataset.classes.background == nil)
    #expect(dataset.classes.palette[13].blue == 142)
    #expect(try dataset.scan().classes.values.allSatisfy { $0 == [0, 1] })
  }

  /// 26 is a car; 7 the road; 26 alone is a group of cars; 29 is a caravan, which has no train id.
  @Test(arguments: [("labelTrainIds", [13, 0, 255]), ("labelIds", [26, 7, 29])])
  func instancesAreNumberedWithinTheImage(kind: String, ids: [UInt8]) throws {
    let numbers: [UInt32] = [7, 26002, 26, 26000, 29000]
    try write(kind, "ulm", [ids[1], ids[0], ids[0], ids[0], ids[2]], instances: numbers)
    let dataset = try files.open()
    #expect(try dataset.scan().problems.isEmpty)
    let loaded = try dataset.load(dataset.entries[0])
    let caravan: UInt8 = kind == "labelIds" ? 3 : 0
    #expect(loaded.instances?.ids.prefix(5) == [0, 2, 0, 1, caravan])

    // What is written is read as it was, and has Cityscapes' numbers.
    let instances = try #require(loaded.instances)
    let data = try dataset.layout.instancesData(instances, of: loaded.mask)
    let written = try NumberImage(decoding: data, name: "a").numbers
    #expect(written.prefix(4) == [7, 26002, 26, 26001])
    try files.write(data, "gtFine/train/ulm/ulm_000000_000019_gtFine_instanceIds.png")
    let again = try files.open()
    #expect(try again.load(again.entries[0]).instances == instances)
  }

  @Test func moreObjectsThanAnInstanceMaskHoldsAreAProblem() throws {
    let (width, height) = (20, 20)
    let stem = "ulm/ulm_000000_000019"
    try files.write(
      Image(width: width, height: height, channels: 3, fill: 1).pngData(),
      "leftImg8bit/train/\(stem)_leftImg8bit.png")
    let cars = LabelImage(width: width, height: height, ids: [UInt8](repeating: 13, count: 400))
    try files.write(cars.pngData(), "gtFine/train/\(stem)_gtFine_labelTrainIds.png")
    for (count, isFine) in [(254, true), (255, false)] {
      let numbers = (0..<400).map { UInt32(26000 + min($0, count - 1)) }
      try files.write(
        NumberImage(width: width, height: height, numbers: numbers).pngData(),
        "gtFine/train/\(stem)_gtFine_instanceIds.png")
      #expect(try files.open().scan().problems.isEmpty == isFine)
    }
    #expect(files.message().contains("there are 255 objects, more than 254"))
  }

  @Test func whatIsFromNoCityHasAFolderToo() {
    let layout = CityscapesLayout()
    #expect(layout.listLine(of: "ulm_000000_000019_1") == "ulm/ulm_000000_000019_1")
    #expect(layout.listLine(of: "2007_000032") == "all/2007_000032")
  }
}
