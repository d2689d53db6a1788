import DatasetEvaluation
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct MaskAgreementTests {
  private let classes = ClassList(names: [1: "a <b> & \u{1}c", 2: "b", 3: "c"])

  private func labels(_ ids: [UInt8]) -> LabelImage {
    LabelImage(width: ids.count, height: 1, ids: ids)
  }

  @Test func knowsClassesAndImages() {
    var agreement = MaskAgreement(classes)
    let first = agreement.add(labels([0, 1, 1, 2]), reference: labels([0, 1, 1, 1]))
    let shares: [UInt8: Double] = [0: 1, 1: 2.0 / 3, 2: 0]
    #expect(first.iou == shares)
    #expect(first.meanIoU == (1.0 + 2.0 / 3.0) / 3.0)
    let second = agreement.add(labels([1, 1]), reference: labels([255, 255]))
    #expect(second.meanIoU == nil && second.meanBoundaryIoU == nil && second.iou.isEmpty)
    let third = agreement.add(labels([1, 1]), reference: labels([1, 255]))
    #expect(third.meanIoU == 1 && third.meanBoundaryIoU == 1)

    #expect(agreement.classes.map(\.images) == [1, 2, 0, 0])
    let ious: [Double?] = [1, 0.75, 0, nil]
    #expect(agreement.classes.map(\.iou) == ious)
    #expect(agreement.meanIoU == 1.75 / 3)
    #expect(agreement.meanBoundaryIoU == 1.75 / 3)
  }

  /// Every class that is somewhere has its name and its bars, whatever it is called.
  @Test func isDrawn() throws {
    var agreement = MaskAgreement(classes)
    agreement.add(labels([0, 1, 1, 2]), reference: labels([0, 1, 1, 1]))
    let text = String(decoding: agreement.plot.svg, as: UTF8.self)
    #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
    #expect(text.contains(">a &lt;b&gt; &amp; \u{FFFD}c</text>") && text.contains(">b</text>"))
    #expect(!text.contains(">c</text>"))
    #expect(text.contains("IoU, mean 0.556") && text.contains("boundary IoU, mean 0.556"))
    #expect(text.matches(of: /stroke-dasharray/).count == 2)
    // Three classes of two bars, and the legend's two.
    #expect(text.matches(of: /<title>/).count == 6)
    #expect(text.contains("width=\"320\" height=\"8\""))
  }

  @Test func aConfusionIsDrawnWithItsNames() {
    var matrix = ConfusionMatrix(classes)
    matrix.add(labels([0, 1, 1, 1, 2]), reference: labels([0, 1, 1, 2, 2]))
    let text = String(decoding: matrix.svg, as: UTF8.self)
    for name in ["background", "b", "c"] {
      // At its row, and above its column.
      #expect(text.components(separatedBy: ">\(name)</text>").count == 3, "\(name)")
    }
    #expect(text.contains("<title>b taken for b: 50.0 %</title>"))
    #expect(text.contains("<title>c: no pixel</title>"))
  }
}
