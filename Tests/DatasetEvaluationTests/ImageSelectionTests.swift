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
    // Half of three cats, half of four dogs: the best of both, then the second dog, for one in two is less than one in 1.5.
    #expect(kept == [0, 1, 3])
  }

  @Test func classesWhoseImagesAreAllHarderAreKeptToo() {
    // Ten easy images of a train, ten hard ones of a dog with a person; a person alone is in between.
    let merits = (0..<30).map { $0 < 10 ? 0.9 : $0 < 20 ? 0.2 : 0.5 }
    let classes = (0..<30).map { $0 < 10 ? ["train"] : $0 < 20 ? ["dog", "person"] : ["person"] }
    let kept = ImageSelection(
      merits: merits, classes: classes, keeping: 0.3, isBalanced: true
    ).kept
    #expect(kept.count == 9)
    #expect(kept.count { $0 < 10 } == 3 && kept.count { (10..<20).contains($0) } == 3)
  }

  private func kept(
    _ share: Double, isBalanced: Bool, preferring preferred: Set<Int>, excluding excluded: Set<Int>
  ) -> [Int] {
    ImageSelection(
      merits: Self.merits, classes: Self.classes, keeping: share, isBalanced: isBalanced,
      preferring: preferred, excluding: excluded
    ).kept
  }

  @Test func whatIsPreferredIsKeptFirstAndWhatIsExcludedNever() {
    #expect(kept(0.5, isBalanced: false, preferring: [5], excluding: [0]) == [1, 2, 5])
    #expect(kept(1, isBalanced: false, preferring: [], excluding: [0, 3]) == [1, 2, 4, 5])
    // The preferred cat fills the cats' share but for a half; then the best of either class come.
    #expect(kept(0.5, isBalanced: true, preferring: [5], excluding: [0]) == [1, 2, 5])
    // More are preferred than are kept: classes have their shares among them.
    #expect(kept(1.0 / 3, isBalanced: true, preferring: [0, 1, 2, 5], excluding: []) == [0, 5])
    #expect(kept(1, isBalanced: true, preferring: [0], excluding: Set(0..<6)) == [])
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
