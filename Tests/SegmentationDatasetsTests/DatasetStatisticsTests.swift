import Foundation
import SegmentationDatasets
import Testing

@Suite struct DatasetStatisticsTests {
  /// VOC 2007's segmentation training set: photographs that show each class, ids 1…20.
  static let voc2007 = [
    12, 11, 13, 11, 17, 14, 14, 15, 26, 11, 14, 17, 15, 11, 92, 17, 8, 17, 8, 20,
  ]

  @Test func vocs2007TrainingSetGivesThePapersNumbers() {
    let sets = zip(UInt8(1)..., Self.voc2007).flatMap { id, count in
      [Set<UInt8>](repeating: [id], count: count)
    }
    let statistics = DatasetStatistics(of: sets, classes: .voc)
    #expect(statistics.imagesPerClass[15] == 92)
    // Che et al., table 4: 3.944 bits and 0.253.
    #expect(abs(statistics.entropy - 3.9440) < 5e-5)
    #expect(statistics.imbalance == 92.0 / 363.0)
  }

  @Test func aPhotographCountsForEachOfItsClasses() {
    let statistics = DatasetStatistics(of: [[1, 2], [1], []], classes: .voc)
    #expect(statistics.images == 3)
    #expect(statistics.imagesPerClass[1] == 2 && statistics.imagesPerClass[2] == 1)
    #expect(statistics.imagesPerClass[3] == 0 && statistics.imagesPerClass.count == 20)
    #expect(statistics.classesPerImage == [0: 1, 1: 1, 2: 1])
    #expect(statistics.imbalance == 2.0 / 3.0)
    #expect(abs(statistics.entropy - 0.918_295_834_054_489_6) < 1e-15)
  }

  @Test func evenClassesHaveTheLargestEntropyAndNoneHasNone() {
    let even = DatasetStatistics(of: (1...20).map { [UInt8($0)] }, classes: .voc)
    #expect(abs(even.entropy - log2(20)) < 1e-12 && even.imbalance == 0.05)
    let none = DatasetStatistics(of: [], classes: .voc)
    #expect("\(none.entropy)" == "0.0", "no negative zero")
    #expect(none.imbalance == 0 && none.images == 0)
  }

  @Test func jsonNamesTheClasses() throws {
    var pixels = [Int](repeating: 0, count: 256)
    pixels[15] = 1234
    let statistics = DatasetStatistics(of: [[15]], pixels: pixels, classes: .voc)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(statistics))
    let object = try #require(json as? [String: Any])
    #expect((object["imagesPerClass"] as? [String: Int])?["person"] == 1)
    #expect((object["pixelsPerClass"] as? [String: Int])?["person"] == 1234)
    #expect(object["classesPerImage"] as? [String: Int] == ["1": 1])
    #expect(object["images"] as? Int == 1 && object["imbalance"] as? Double == 1)
    #expect(object["entropy"] as? Double == 0)
  }
}
