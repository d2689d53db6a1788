import Augmentation
import Testing

@Suite struct CaptionCoverageTests {
  @Test func countsCaptionsThatLackAClass() {
    var coverage = CaptionCoverage()
    coverage.count("Two dogs, on a dining  table.", classes: ["dog", "dining table"])
    coverage.count("a cat's bus", classes: ["cat", "bus"])
    coverage.count("three buses", classes: ["bus"])
    #expect(coverage.captions == 3 && coverage.lacking == 0)
    coverage.count("a table and a hotdog", classes: ["dog", "dining table", "table"])
    coverage.count("", classes: ["dog"])
    coverage.count("a sofa", classes: [])
    #expect(coverage.captions == 5 && coverage.lacking == 2)
    #expect(coverage.lackingByClass == ["dog": 2, "dining table": 1])
  }
}
