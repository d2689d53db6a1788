import ImageFiles
import Testing

@Suite struct RunLengthMaskTests {
  /// A ring: 4 columns of 5 rows, whose third column's pixels are those of the second but for a hole.
  private let mask = RunLengthMask(width: 4, height: 5) { x, y in
    (1...2).contains(x) && (1...3).contains(y) && !(x == 2 && y == 2)
  }

  @Test func countsColumnByColumn() {
    #expect(mask.counts == [6, 3, 2, 1, 1, 1, 6])
    #expect(mask.area == 5)
    #expect(mask.bounds == (1, 1, 2, 3))
    let empty = RunLengthMask(width: 3, height: 2) { _, _ in false }
    #expect(empty.counts == [6] && empty.area == 0 && empty.bounds == (0, 0, 0, 0))
    let full = RunLengthMask(width: 3, height: 2) { _, _ in true }
    #expect(full.counts == [0, 6] && full.bounds == (0, 0, 3, 2))
  }

  /// Texts that pycocotools writes: `encode` of the masks above, and of runs longer and shorter than those before.
  @Test func writesAndReadsTheTextsOfPycocotools() {
    let long = [100, 3, 2000, 70_000, 5, 1, 92, 27_799]
    for (counts, width, height, text) in [
      (mask.counts, 4, 5, "632NO05"), ([6], 3, 2, "6"), ([0, 6], 3, 2, "06"),
      (long, 1000, 100, "T33`n1][T2eQNadkMg2fTk0"),
    ] as [([Int], Int, Int, String)] {
      let mask = RunLengthMask(width: width, height: height, counts: counts)
      #expect(mask.text == text)
      #expect(RunLengthMask(width: width, height: height, text: text) == mask)
    }
  }

  @Test(arguments: ["", "7", "6~", "632", "oooooooooooooo", "é", "P"])
  func refusesTextsThatDoNotFillTheImage(text: String) {
    #expect(RunLengthMask(width: 4, height: 5, text: text) == nil)
  }

  @Test func refusesNumbersThatDoNotFillTheImage() {
    #expect(RunLengthMask(width: 4, height: 5, [20]) != nil)
    #expect(RunLengthMask(width: 4, height: 5, [21]) == nil)
    #expect(RunLengthMask(width: 4, height: 5, [-1, 21]) == nil)
    #expect(RunLengthMask(width: Int.max, height: 2, [1]) == nil)
  }

  @Test func countsWhatIsInBoth() {
    let other = RunLengthMask(width: 4, height: 5) { x, y in x >= 2 || y == 1 }
    #expect(mask.intersection(with: other) == 3)
    #expect(other.intersection(with: mask) == 3)
    #expect(mask.intersection(with: mask) == mask.area)
  }
}
