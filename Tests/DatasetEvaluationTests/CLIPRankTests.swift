import DatasetEvaluation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct CLIPRankTests {
  /// A dog that is less like a dog than any cat is like a cat is the best dog all the same.
  @Test func ranksWithinACategory() {
    let rank = CLIPRank(
      [
        .init(image: 0, category: "dog", similarity: 0.21),
        .init(image: 1, category: "cat", similarity: 0.35),
        .init(image: 1, category: "dog", similarity: 0.18),
        .init(image: 2, category: "cat", similarity: 0.31),
        .init(image: 2, category: "cat", similarity: 0.33),
      ], images: 4)
    #expect(rank.ranks == [1, 1.5, 2.5, nil])
    #expect(rank.best(2) == [0, 1])
    #expect(rank.best(9) == [0, 1, 2])
  }

  @Test func equalObjectsHaveOneRank() {
    let objects = [0.2, 0.3, 0.3, 0.1].enumerated().map {
      CLIPRank.Object(image: $0.offset, category: "dog", similarity: $0.element)
    }
    let rank = CLIPRank(objects, images: 4)
    #expect(rank.ranks == [3, 1, 1, 4])
    #expect(rank.best(1) == [1])
    #expect(CLIPRank(objects.reversed(), images: 4).ranks == rank.ranks)
  }

  @Test func promptsNameTheCategory() {
    #expect(CLIPRank.prompt(for: "dining table") == "a photo of a dining table")
  }

  @Test func regionsAreBoxesOfClasses() {
    // Two dogs, a rim around one of them, and a cat of one pixel.
    let mask = LabelImage(
      width: 6, height: 3,
      ids: [
        0, 12, 12, 255, 0, 8,
        0, 12, 0, 0, 12, 0,
        0, 0, 0, 0, 12, 0,
      ])
    let classes = ClassRegion.all(in: mask, encoding: .voc)
    #expect(classes.map(\.id) == [8, 12])
    #expect(
      [classes[0].x, classes[0].y, classes[0].width, classes[0].height] == [5, 0, 1, 1])
    #expect(
      [classes[1].x, classes[1].y, classes[1].width, classes[1].height] == [1, 0, 4, 3])

    let instances = LabelImage(
      width: 6, height: 3,
      ids: [
        0, 1, 1, 255, 0, 3,
        0, 1, 0, 0, 2, 0,
        0, 0, 0, 0, 2, 0,
      ])
    let objects = ClassRegion.all(in: mask, instances: instances, encoding: .voc)
    #expect(objects.map(\.id) == [8, 12, 12])
    #expect(objects.map(\.x) == [5, 1, 4])
    #expect(objects.map(\.height) == [1, 2, 2])

    let image = Image(
      width: 6, height: 3, channels: 1, pixels: (0..<18).map { UInt8($0) })
    #expect(objects[2].crop(image).pixels == [10, 16])
  }
}
