import DatasetEvaluation
import Foundation
import ImageFiles
import SegmentationDatasets
import Tensors
import TestSupport
import Testing

@Suite struct BoundaryIoUTests {
  private let classes = ClassList(names: [1: "a", 2: "b", 3: "c", 4: "d"])

  /// Images of 64 × 48 pixels.
  private func labels(_ name: String, _ image: Int) throws -> LabelImage {
    let pixels = try Fixture("boundary_iou").bytes(name)
    return LabelImage(
      width: 64, height: 48, ids: Array(pixels[image * 64 * 48..<(image + 1) * 64 * 48]))
  }

  @Test func isThatOfTheAuthorsRule() throws {
    let expected = try Fixture("boundary_iou")["boundary_iou"].floats()
    var measure = BoundaryIoU(classes)
    var agreement = MaskAgreement(classes)
    for image in 0..<3 {
      let (found, mask) = try (labels("prediction", image), labels("reference", image))
      measure.add(found, reference: mask)
      agreement.add(found, reference: mask)
    }
    for id in UInt8(0)..<5 {
      #expect(measure[id].map(Float.init) == expected[Int(id)], "\(id)")
      #expect(agreement.classes[Int(id)].boundaryIoU == measure[id])
    }
    let mean = expected.reduce(0, +) / 5
    expectClose([Float(agreement.meanBoundaryIoU ?? 0)], [mean], within: .float32)
  }

  /// The image's own rim is an outline, and what lies deeper than a band counts nothing.
  @Test func bandsLieInside() {
    let ids = [UInt8](repeating: 1, count: 100)
    var measure = BoundaryIoU(classes)
    measure.add(
      LabelImage(width: 10, height: 10, ids: ids),
      reference: LabelImage(width: 10, height: 10, ids: ids))
    #expect(measure[1] == 1 && measure[2] == nil)

    // A band is a pixel wide here: the middle is none of it, the rim is.
    func changed(_ place: Int) -> Double? {
      var (other, measure) = (ids, BoundaryIoU(classes))
      other[place] = 255
      measure.add(
        LabelImage(width: 10, height: 10, ids: ids),
        reference: LabelImage(width: 10, height: 10, ids: other))
      return measure[1]
    }
    // Outlines run along what is left open in both.
    #expect(changed(55) == 1 && changed(0) == 1)
  }

  @Test func aShiftCostsMoreAtThinThings() {
    func iou(width: Int) -> Double {
      let row = (0..<40).map { (10..<10 + width).contains($0) ? UInt8(1) : 0 }
      let mask = LabelImage(
        width: 40, height: 40, ids: Array(repeatElement(row, count: 40).joined()))
      let ids = [0] + mask.ids.dropLast()
      var measure = BoundaryIoU(classes)
      measure.add(LabelImage(width: 40, height: 40, ids: ids), reference: mask)
      return measure[1] ?? 0
    }
    #expect(iou(width: 20) < 0.7 && iou(width: 1) < 0.1)
  }
}
