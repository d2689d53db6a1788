import DatasetEvaluation
import Testing

@Suite struct ImageSelectionTests {
  private static let merits: [Double?] = [0.9, 0.8, 0.7, 0.6, 0.5, nil]
  private static let classes = [["dog"], ["dog"], ["dog"], ["cat"], ["dog", "cat"], ["cat"]]

  @Test func theBestAreKept() {
    let kept = ImageSelection(
      merits: Self.merits, classes: Self.classes, keeping: 0.5, isBalanced: false
    ).kept
    #expect(kept == [0, 1, 2])
  }

  @Test func classesKeepTheirShares() {
    let kept = ImageSelection(
      merits: Self.merits, classes: Self.classes, keeping: 0.5, isBalanced: true
    ).kept
    // Two of four dogs and, of three cats, the best; then there are enough.
    #expect(kept == [0, 1, 3])
  }

  @Test func thereAreAlwaysAsManyAsWanted() {
    for share in [0.01, 0.3, 0.99, 1] {
      for isBalanced in [true, false] {
        let kept = ImageSelection(
          merits: Self.merits, classes: Self.classes, keeping: share, isBalanced: isBalanced
        ).kept
        #expect(kept.count == max(Int((share * 6).rounded()), 1))
        #expect(kept == kept.sorted() && Set(kept).count == kept.count)
      }
    }
  }

  @Test func whatCannotBeJudgedIsTakenLast() {
    let kept = ImageSelection(
      merits: [nil, 0.1, 0.2], classes: [["a"], ["a"], ["a"]], keeping: 0.67, isBalanced: true
    ).kept
    #expect(kept == [1, 2])
  }
}
