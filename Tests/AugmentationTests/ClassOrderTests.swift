import Augmentation
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ClassOrderTests {
  /// A cat above a larger aeroplane and some of a dog.
  private let mask = LabelImage(
    width: 4, height: 4, ids: [0, 0, 8, 8, 8, 1, 1, 255, 1, 1, 1, 1, 12, 12, 12, 0])

  @Test func ordersTheClassesOfAMask() {
    let extents = ClassExtent.all(in: mask).filter { LabelEncoding.voc.isLabel($0.key) }
    #expect(extents[8] == ClassExtent(pixels: 3, first: 2))
    #expect(ClassOrder.id.ids(of: extents) == [1, 8, 12])
    // Equal areas are in the order of their ids.
    #expect(ClassOrder.area.ids(of: extents) == [1, 8, 12])
    #expect(ClassOrder.firstAppearance.ids(of: extents) == [8, 1, 12])
    let other = [UInt8(1): ClassExtent(pixels: 2, first: 0), 9: ClassExtent(pixels: 3, first: 7)]
    #expect(ClassOrder.area.ids(of: other) == [9, 1])
  }

  /// The prompt follows the order; the ledger's classes stay in that of their ids.
  @Test(arguments: [
    (nil, "; aeroplane, cat, dog"), (ClassOrder.firstAppearance, "; cat, aeroplane, dog"),
  ])
  func promptsFollowIt(order: ClassOrder?, words: String) throws {
    let folder = try TemporaryFolder()
    let image = Image(width: 4, height: 4, channels: 3, fill: 90)
    try folder.write(image.pngData(), "JPEGImages/a.png")
    try folder.write(mask.pngData(), "SegmentationClass/a.png")
    try folder.write("a\n", "ImageSets/Segmentation/train.txt")
    var settings = AugmentationSettings()
    settings.classOrder = order
    let plan = try AugmentationPlan(
      dataset: SegmentationDataset(root: folder.url, split: "train"),
      captions: Captions(decoding: Data(#"{"image": "a", "caption": "a yard"}"#.utf8), name: "c"),
      settings: settings)
    #expect(plan.pictures.map(\.prompt) == ["a yard" + words])
    #expect(plan.pictures[0].classes == ["aeroplane", "cat", "dog"])
  }

  /// Runs that do not use it are described as before.
  @Test func isNotAmongOtherRunsSettings() throws {
    let text = String(decoding: try JSONEncoder().encode(AugmentationSettings()), as: UTF8.self)
    #expect(!text.contains("classOrder") && !text.contains("oversampling"))
  }
}
