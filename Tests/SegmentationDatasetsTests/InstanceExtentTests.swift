import ImageFiles
import SegmentationDatasets
import Testing

/// Where instances are, as far as they are seen.
@Suite struct InstanceExtentTests {
  /// Two cars, the first behind a post of another class; a crowd, and pixels that the mask leaves open.
  private let mask = LabelImage(
    width: 6, height: 3, ids: [7, 15, 7, 0, 9, 9, 7, 15, 7, 0, 255, 9, 0, 0, 0, 0, 7, 9])
  private let instances = LabelImage(
    width: 6, height: 3, ids: [1, 3, 1, 0, 255, 255, 1, 3, 1, 0, 4, 255, 0, 0, 0, 0, 4, 255])

  @Test func areTheBoxesOfWhatIsSeen() {
    let found = InstanceExtent.all(in: instances, of: mask, encoding: .voc)
    #expect(
      found == [
        InstanceExtent(number: 1, classID: 7, x: 0, y: 0, width: 3, height: 2, pixels: 4),
        InstanceExtent(number: 3, classID: 15, x: 1, y: 0, width: 1, height: 2, pixels: 2),
        InstanceExtent(number: 4, classID: 7, x: 4, y: 2, width: 1, height: 1, pixels: 1),
      ])
    #expect(found[0].side == 2)
  }

  @Test func theVisiblePartLeavesOutWhatLiesOverIt() {
    let visible = instances.visible(1, in: mask, encoding: .voc)
    #expect(
      visible.pixels.map { $0 / 255 } == [1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(
      instances.visible(4, in: mask, encoding: .voc).pixels.count { $0 == 255 } == 1,
      "an open pixel is no part of it")
  }

  /// Pixels that the mask leaves open, and that belong to no other instance.
  @Test func theRimGoesWithIt() {
    let mask = LabelImage(width: 8, height: 1, ids: [0, 255, 7, 255, 255, 255, 8, 255])
    let instances = LabelImage(width: 8, height: 1, ids: [0, 255, 1, 1, 0, 2, 2, 255])
    func visible(_ rim: Int) -> [UInt8] {
      instances.visible(1, in: mask, encoding: .voc, rim: rim).pixels.map { $0 / 255 }
    }
    #expect(visible(0) == [0, 0, 1, 0, 0, 0, 0, 0])
    #expect(visible(1) == [0, 1, 1, 1, 0, 0, 0, 0])
    #expect(visible(9) == [0, 1, 1, 1, 1, 0, 0, 1])
  }
}
