import Testing
import VulkanBackend

@Suite struct MemoryPlanTests {
  /// Pseudo-random items whose lifetimes overlap in all ways.
  private let items = (0..<200).map { index in
    let first = index * 37 % 101
    return MemoryPlan.Item(
      size: 1 + index * 7919 % 1000, moments: first..<first + 1 + index * 13 % 23)
  }

  private func expectDisjoint(_ plan: MemoryPlan) {
    for (i, a) in items.enumerated() {
      for (j, b) in items.enumerated() where i < j && a.moments.overlaps(b.moments) {
        let (p, q) = (plan.places[i], plan.places[j])
        let isApart =
          p.region != q.region || p.start + a.size <= q.start || q.start + b.size <= p.start
        #expect(isApart)
      }
    }
  }

  @Test func whatIsHeldAtTheSameTimeLiesApart() {
    expectDisjoint(MemoryPlan(items, regionLimit: .max))
    expectDisjoint(MemoryPlan(items, regionLimit: 3000))
  }

  @Test func takesLittleMoreThanIsHeldAtOnce() throws {
    let held = (0..<130).map { moment in
      items.reduce(0) { $0 + ($1.moments.contains(moment) ? $1.size : 0) }
    }
    let least = try #require(held.max())
    let size = try #require(MemoryPlan(items, regionLimit: .max).regionSizes.first)
    #expect(size >= least && size < least + least / 4)
  }

  @Test func regionsStayWithinTheirLimit() {
    let plan = MemoryPlan(items, regionLimit: 3000)
    #expect(plan.regionSizes.count > 1)
    #expect(plan.regionSizes.allSatisfy { $0 <= 3000 })
  }

  @Test func aChainTakesTwoPlaces() {
    let chain = (0..<9).map { MemoryPlan.Item(size: 10, moments: $0..<$0 + 2) }
    #expect(MemoryPlan(chain, regionLimit: .max).regionSizes == [20])
  }

  @Test func nothingTakesNothing() {
    #expect(MemoryPlan([], regionLimit: .max).regionSizes.isEmpty)
  }
}
