import CPUBackend
import Foundation
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
  /// Counts how often each part of a job was done.
  private func counts(_ pool: ThreadPool, _ parts: Int) -> [Int] {
    let counts = Mutex([Int](repeating: 0, count: parts))
    pool.forEach(parts) { part, _ in counts.withLock { $0[part] += 1 } }
    return counts.withLock { $0 }
  }

  /// Fewer threads than processors, and many more.
  @Test(arguments: [1, 2, 3, 16], [0, 1, 2, 7, 1000])
  func doesEveryPartOnce(_ threads: Int, _ parts: Int) {
    let pool = ThreadPool(threads)
    #expect(counts(pool, parts) == [Int](repeating: 1, count: parts))
  }

  @Test(arguments: [1, 3, 16])
  func doesManyJobsOneAfterAnother(_ threads: Int) {
    let pool = ThreadPool(threads)
    for job in 0..<3000 {
      let parts = job % 5
      #expect(counts(pool, parts) == [Int](repeating: 1, count: parts))
    }
  }

  @Test func wakesThreadsThatWentToSleep() {
    let pool = ThreadPool(3)
    for _ in 0..<20 {
      Thread.sleep(forTimeInterval: 0.002)
      #expect(counts(pool, 50) == [Int](repeating: 1, count: 50))
    }
  }

  @Test func servesSeveralCallersAtOnce() {
    let pool = ThreadPool(4)
    let total = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 8) { caller in
      for job in 0..<200 {
        let parts = (caller + job) % 11
        let done = counts(pool, parts)
        if done == [Int](repeating: 1, count: parts) { total.add(1, ordering: .relaxed) }
      }
    }
    #expect(total.load(ordering: .relaxed) == 8 * 200)
  }

  @Test func partsThatRunAtOnceHaveScratchOfTheirOwn() {
    let pool = ThreadPool(4)
    for size in [64, 4096, 1 << 20] {
      let clashes = Atomic<Int>(0)
      pool.forEach(64, scratchBytes: size) { part, scratch in
        let words = scratch.assumingMemoryBound(to: Int.self)
        for i in 0..<size / 8 { words[i] = part }
        sched_yield()
        for i in 0..<size / 8 where words[i] != part { clashes.add(1, ordering: .relaxed) }
      }
      #expect(clashes.load(ordering: .relaxed) == 0)
    }
  }

  @Test(arguments: [0, 1, 5, 16, 1001], [1, 3, 64, 5000])
  func rangesCoverAllItemsOnce(_ items: Int, _ grain: Int) {
    let pool = ThreadPool(4)
    let ranges = Mutex<[Range<Int>]>([])
    pool.forEachRange(items, grain: grain) { range in ranges.withLock { $0.append(range) } }
    let sorted = ranges.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
    #expect(sorted.flatMap { $0 } == Array(0..<items))
    #expect(sorted.count == 1 || sorted.allSatisfy { $0.count >= grain })
  }
}
