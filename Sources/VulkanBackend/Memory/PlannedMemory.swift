import Synchronization

/// Memory for a function that holds the same things whenever it is called: each has its place in the plan.
final class PlannedMemory: MemorySource {
  private let plan: MemoryPlan
  private let regions: [VulkanStorage]
  private let taken = Mutex(0)

  /// Takes the regions of a plan.
  ///
  /// - Parameter arena: Where they come from, and go back to with the last part.
  init(_ plan: MemoryPlan, from arena: Arena, for work: String) throws {
    self.plan = plan
    regions = try plan.regionSizes.map { try arena.take($0) { work } }
  }

  func take(_ byteCount: Int, for work: () -> String) -> VulkanStorage {
    let index = taken.withLock { taken in
      defer { taken += 1 }
      return taken
    }
    precondition(
      index < plan.places.count,
      "a recorded function took more memory than in the call before, for \(work()); it must do the"
        + " same in every call")
    let place = plan.places[index]
    let region = regions[place.region]
    return VulkanStorage(
      region.block, start: region.start + place.start, byteCount: byteCount, in: self)
  }

  /// The plan knows when.
  func give(back storage: VulkanStorage) {}
}
