import Augmentation
import ImageFiles
import SegmentationDatasets
import Testing

/// Which pixels are repainted.
@Suite struct RepaintedPartTests {
  /// A row: background, background, rim, cat, cat, rim, background.
  private let labels = LabelImage(width: 7, height: 1, ids: [0, 0, 255, 8, 8, 255, 0])

  private func mask(_ part: RepaintedPart) -> [UInt8] {
    part.mask(of: labels, in: .voc).pixels.map { $0 / 255 }
  }

  @Test func theRimGoesWithWhatIsRepainted() {
    #expect(mask(RepaintedPart(.objects)) == [0, 0, 1, 1, 1, 1, 0])
    #expect(mask(RepaintedPart(.background)) == [1, 1, 1, 0, 0, 1, 1])
  }

  @Test func growsToAllSides() {
    #expect(mask(RepaintedPart(.objects, growth: 1)) == [0, 1, 1, 1, 1, 1, 1])
    #expect(mask(RepaintedPart(.objects, growth: 90)) == [1, 1, 1, 1, 1, 1, 1])
    var ids = [UInt8](repeating: 0, count: 49)
    ids[24] = 15
    let grown = RepaintedPart(.objects, growth: 2)
      .mask(of: LabelImage(width: 7, height: 7, ids: ids), in: .voc).pixels
    for y in 0..<7 {
      for x in 0..<7 {
        #expect((grown[y * 7 + x] == 255) == (abs(x - 3) <= 2 && abs(y - 3) <= 2))
      }
    }
  }
}
