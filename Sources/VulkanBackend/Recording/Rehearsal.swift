import CVulkan
import Synchronization
import Tensors

/// A function's first call, in which nothing is encoded or computed: it finds out what memory the function
/// holds, and when.
///
/// Unchecked because one thread fills it; parts may be given back by others, under the lock of `state`.
final class Rehearsal: FunctionScope, MemorySource, @unchecked Sendable {
  private struct State {
    var items: [MemoryPlan.Item] = []
    /// Number of parts that were taken or given back so far.
    var now = 0
  }

  let device: LogicalDevice
  let layout: VkPipelineLayout
  private let nowhere: DeviceBuffer
  private let state = Mutex(State())
  private var constants: [VulkanStorage] = []
  private(set) var latestWork = "the beginning of a recording"

  /// - Parameter nowhere: What storages are given that nobody reads or writes.
  init(_ device: LogicalDevice, layout: VkPipelineLayout, nowhere: DeviceBuffer) {
    (self.device, self.layout, self.nowhere) = (device, layout, nowhere)
  }

  var memory: any MemorySource { self }

  /// What was held, in the order in which it was taken; what still is, for good.
  var items: [MemoryPlan.Item] { state.withLock(\.items) }

  func encode(
    _ work: Work, reads: [MemoryRange], writes: [MemoryRange], _ body: (VkCommandBuffer) -> Void
  ) {
    latestWork = work.description
  }

  func keep(_ constant: VulkanStorage) { constants.append(constant) }

  /// A storage whose beginning tells its number, and is aligned as true ones are.
  func take(_ byteCount: Int, for work: () -> String) -> VulkanStorage {
    let index = state.withLock { state in
      state.items.append(
        MemoryPlan.Item(size: Arena.size(of: byteCount), moments: state.now..<Int.max))
      state.now += 1
      return state.items.count - 1
    }
    return VulkanStorage(nowhere, start: Arena.alignment * index, byteCount: byteCount, in: self)
  }

  func give(back storage: VulkanStorage) {
    state.withLock { state in
      let index = storage.start / Arena.alignment
      let item = state.items[index]
      state.items[index] = MemoryPlan.Item(
        size: item.size, moments: item.moments.lowerBound..<state.now)
      state.now += 1
    }
  }
}
