import Foundation
import ImageFiles
import TestSupport
import Testing

/// Outlines are filled as pycocotools fills them, to the pixel.
@Suite struct RunLengthPolygonTests {
  private struct File: Decodable {
    struct Case: Decodable {
      let width, height: Int
      let polygon: [Double]
      let text: String
      let counts: [Int]
    }
    let polygons: [Case]
  }

  private let cases: [File.Case]

  init() throws {
    let data = try Data(contentsOf: Fixture.url("coco/polygons.json"))
    cases = try JSONDecoder().decode(File.self, from: data).polygons
  }

  @Test func outlinesHaveTheRunsOfPycocotools() {
    #expect(cases.count == 84)
    for expected in cases {
      let mask = RunLengthMask(
        width: expected.width, height: expected.height, polygon: expected.polygon)
      #expect(mask.counts == expected.counts, "\(expected.polygon)")
      #expect(mask.text == expected.text)
      #expect(
        RunLengthMask(width: mask.width, height: mask.height, text: expected.text) == mask)
    }
  }

  @Test func everyPixelOfAnObjectIsVisitedOnce() {
    for expected in cases {
      let mask = RunLengthMask(
        width: expected.width, height: expected.height, polygon: expected.polygon)
      var seen = [Bool](repeating: false, count: expected.width * expected.height)
      mask.forEachPixel { x, y in
        #expect(!seen[y * expected.width + x])
        seen[y * expected.width + x] = true
      }
      #expect(
        mask
          == RunLengthMask(width: mask.width, height: mask.height) { x, y in
            seen[y * expected.width + x]
          })
    }
  }

  @Test func numbersBeyondAnyImageAreNoHarm() {
    let far = [0, 0, 1e30, 0, 1e30, 1e30, 0, 1e30]
    #expect(RunLengthMask(width: 3, height: 2, polygon: far).area == 6)
    #expect(RunLengthMask(width: 3, height: 2, polygon: []).area == 0)
  }
}
