import Testing
import VulkanBackend

@Suite struct HazardsTests {
  private typealias Access = (reads: [MemoryRange], writes: [MemoryRange])

  /// Before which accesses of a sequence a barrier must come.
  private func barriers(_ accesses: [Access]) -> [Bool] {
    var hazards = Hazards()
    return accesses.map { hazards.add(reads: $0.reads, writes: $0.writes) }
  }

  @Test func readingTwiceNeedsNoBarrier() {
    #expect(barriers([([0..<10], [20..<30]), ([0..<10, 5..<15], [30..<40])]) == [false, false])
  }

  @Test func readingWhatWasWrittenNeedsOne() {
    #expect(barriers([([], [20..<30]), ([29..<40], [])]) == [false, true])
    #expect(barriers([([], [20..<30]), ([30..<40], [])]) == [false, false])
  }

  @Test func writingWhatWasReadNeedsOne() {
    #expect(barriers([([20..<30], []), ([], [10..<21])]) == [false, true])
  }

  @Test func writingWhatWasWrittenNeedsOne() {
    #expect(barriers([([], [20..<30]), ([], [25..<26])]) == [false, true])
  }

  @Test func aBarrierCoversAllThatCameBeforeItAndNothingAfter() {
    let first: [Access] = [([0..<10], [20..<30]), ([20..<30], [40..<50])]
    #expect(barriers(first) == [false, true])
    // Read before the barrier: free to be written.
    #expect(barriers(first + [([], [0..<10])]) == [false, true, false])
    // Read and written behind it.
    #expect(barriers(first + [([], [25..<26])]) == [false, true, true])
    #expect(barriers(first + [([45..<46], [])]) == [false, true, true])
  }

  @Test func forgetsBehindABarrierWhatWouldTakeLongToSearch() {
    let all = barriers((0..<1000).map { ([$0 * 10..<$0 * 10 + 5], []) })
    #expect(all.filter { $0 }.count == 3)
  }

  @Test func workMayReadAndWriteTheSameMemory() {
    #expect(barriers([([0..<10], [0..<10]), ([0..<10], [0..<10])]) == [false, true])
  }
}
