import DatasetEvaluation
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct InstancePrecisionTests {
  /// As `tools/fixtures/instance_precision.py` writes it.
  private struct Expected: Decodable {
    struct Object: Decodable {
      struct Segmentation: Decodable {
        let size: [Int]
        let counts: String
      }
      let image_id, category_id: Int
      let segmentation: Segmentation
      let score, area: Double?
      let iscrowd: Int?

      var mask: RunLengthMask {
        get throws {
          try #require(
            RunLengthMask(
              width: segmentation.size[1], height: segmentation.size[0], text: segmentation.counts))
        }
      }
    }
    let known, found: [Object]
    let thresholds, stats: [Double]
    let precisions: [[[Double]]]
  }

  private static func measure(_ expected: Expected) throws -> InstancePrecision {
    var precision = InstancePrecision()
    for image in 1...4 {
      precision.add(
        try expected.found.filter { $0.image_id == image }.map {
          FoundInstance(classID: $0.category_id, score: $0.score ?? 0, mask: try $0.mask)
        },
        expected: try expected.known.filter { $0.image_id == image }.map {
          ExpectedInstance(
            classID: $0.category_id, mask: try $0.mask, area: $0.area, isCrowd: $0.iscrowd == 1)
        })
    }
    return precision
  }

  @Test func isThatOfPycocotools() throws {
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: Fixture.url("instance_precision.json")))
    let precision = try Self.measure(expected)
    #expect(InstancePrecision.thresholds == expected.thresholds)
    for (index, sizes) in expected.precisions.enumerated() {
      for (size, wanted) in zip(InstancePrecision.Size.allCases, sizes) {
        let found = precision.precisions(of: index + 1, size) ?? wanted.map { _ in -1 }
        for (a, b) in zip(found, wanted) {
          #expect(abs(a - b) < 1e-9, "class \(index + 1) \(size)")
        }
      }
    }
    let means = [
      precision.mean(), precision.mean(at: 0), precision.mean(at: 5), precision.mean(.small),
      precision.mean(.medium), precision.mean(.large),
    ]
    for (found, wanted) in zip(means, expected.stats) {
      #expect(abs((found ?? -1) - wanted) < 1e-9, "\(means) \(expected.stats)")
    }
    #expect(precision.expectedCount(of: 5) == 1 && precision.expectedCount(of: 4) == 0)
  }

  @Test func nothingToBeFoundHasNoPrecision() {
    var precision = InstancePrecision()
    #expect(precision.mean() == nil)
    let mask = RunLengthMask(width: 4, height: 4) { x, _ in x == 0 }
    precision.add([FoundInstance(classID: 1, score: 1, mask: mask)], expected: [])
    #expect(precision.mean() == nil && precision.precisions(of: 1) == nil)
    precision.add([], expected: [ExpectedInstance(classID: 1, mask: mask)])
    #expect(precision.mean() == 0)
  }

  @Test func objectsOfAMaskHaveOneClassAndOneNumber() {
    let mask = LabelImage(width: 4, height: 2, ids: [1, 1, 0, 255, 2, 2, 2, 2])
    let numbers = LabelImage(width: 4, height: 2, ids: [1, 2, 0, 3, 3, 3, 255, 4])
    let all = ExpectedInstance.all(in: mask, instances: numbers, encoding: .voc)
    #expect(all.map(\.classID) == [1, 1, 2, 2])
    #expect(all.map(\.mask.area) == [1, 1, 2, 1] && all.map(\.area) == [1, 1, 2, 1])
    #expect(all.allSatisfy { !$0.isCrowd })
    #expect(all[2].mask.bounds == (0, 1, 2, 1))
  }
}
