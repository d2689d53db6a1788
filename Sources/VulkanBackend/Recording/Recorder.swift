import CVulkan
import Synchronization
import TensorCore

/// Records work for the device's queue, in order, and submits it in batches.
///
/// Unchecked because handles are pointers: everything that changes is reached under `lock`.
final class Recorder: @unchecked Sendable {
  /// Dispatches of a batch: enough to hide the cost of a submission, and few enough that the device
  /// begins early.
  private static let batchSize = 64
  /// Batches that may wait for the device at once.
  private static let batchCount = 4

  /// A command buffer, and the value that the timeline has when the device is done with it.
  private struct Batch {
    let commands: VkCommandBuffer
    var value: UInt64 = 0
    var profile: BatchProfile?
  }

  private let device: LogicalDevice
  private let timeline: Timeline
  private let layout: VkPipelineLayout
  private let pool: VkCommandPool
  private let lock = Mutex<Void>(())
  private var batches: [Batch] = []
  private var current = 0
  /// Commands in the current batch; it has not begun while there are none.
  private var recorded = 0
  private var submitted: UInt64 = 0
  private var hazards = Hazards()
  private var latest: Work?
  private var times = OperationTimes()

  init(_ device: LogicalDevice, layout: VkPipelineLayout, profiles: Bool) throws {
    (self.device, self.layout) = (device, layout)
    timeline = try Timeline(device)
    var info = VkCommandPoolCreateInfo()
    info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO
    info.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT.rawValue
    info.queueFamilyIndex = device.queueFamily
    pool = try device.make("vkCreateCommandPool") {
      device.functions.createCommandPool(device.handle, &info, nil, $0)
    }
    for _ in 0..<Self.batchCount {
      var info = VkCommandBufferAllocateInfo()
      info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO
      info.commandPool = pool
      info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY
      info.commandBufferCount = 1
      let commands: VkCommandBuffer = try device.make("vkAllocateCommandBuffers") {
        device.functions.allocateCommandBuffers(device.handle, &info, $0)
      }
      let profile = profiles ? try BatchProfile(device, capacity: Self.batchSize) : nil
      batches.append(Batch(commands: commands, profile: profile))
    }
  }

  deinit {
    _ = device.functions.deviceWaitIdle(device.handle)
    device.functions.destroyCommandPool(device.handle, pool, nil)
  }

  /// The operation that was recorded last.
  var latestWork: String { lock.withLock { _ in latest?.description ?? "the first operation" } }

  /// Records one dispatch.
  ///
  /// - Parameters:
  ///   - push: Push constants.
  ///   - groups: Number of workgroups along the grid's axes.
  ///   - reads: Memory that it reads.
  ///   - writes: Memory that it writes, all of it or part.
  func dispatch(
    _ pipeline: VkPipeline, push: UnsafeRawBufferPointer, groups: Grid, reads: [MemoryRange],
    writes: [MemoryRange], _ work: Work
  ) {
    record(work, reads: reads, writes: writes) { commands in
      let functions = device.functions
      functions.bindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline)
      functions.pushConstants(
        commands, layout, VK_SHADER_STAGE_COMPUTE_BIT.rawValue, 0, UInt32(push.count),
        push.baseAddress)
      functions.dispatch(commands, groups.x, groups.y, groups.z)
    }
  }

  /// Records a copy between two buffers.
  func copy(
    _ source: DeviceBuffer, at sourceStart: Int, to target: DeviceBuffer, at targetStart: Int,
    byteCount: Int, _ work: Work
  ) {
    func range(_ buffer: DeviceBuffer, _ start: Int) -> MemoryRange {
      let first = buffer.address + UInt64(start)
      return first..<first + UInt64(byteCount)
    }
    record(work, reads: [range(source, sourceStart)], writes: [range(target, targetStart)]) {
      var region = VkBufferCopy()
      region.srcOffset = VkDeviceSize(sourceStart)
      region.dstOffset = VkDeviceSize(targetStart)
      region.size = VkDeviceSize(byteCount)
      device.functions.copyBuffer($0, source.handle, target.handle, 1, &region)
    }
  }

  /// Submits what was recorded, if anything.
  ///
  /// - Returns: The value for ``wait(for:)`` by which all that was ever recorded is done.
  @discardableResult
  func submit() -> UInt64 {
    lock.withLock { _ in
      finishBatch()
      return submitted
    }
  }

  /// Waits until a submission is done and what it wrote can be read by this program.
  func wait(for value: UInt64) { orStop { try timeline.wait(for: value) { latestWork } } }

  /// Seconds of every operation since the last call; empty unless profiles were asked for.
  func takeTimes() -> OperationTimes {
    wait(for: submit())
    return lock.withLock { _ in
      for index in batches.indices { collect(index) }
      defer { times = OperationTimes() }
      return times
    }
  }

  private func record(
    _ work: Work, reads: [MemoryRange], writes: [MemoryRange],
    _ body: (VkCommandBuffer) -> Void
  ) {
    lock.withLock { _ in
      if recorded == 0 { beginBatch() }
      let commands = batches[current].commands
      if hazards.add(reads: reads, writes: writes) { barrier(commands, forHost: false) }
      batches[current].profile?.begin(work.operation, commands)
      body(commands)
      batches[current].profile?.end(commands)
      latest = work
      recorded += 1
      if recorded == Self.batchSize { finishBatch() }
    }
  }

  private func beginBatch() {
    current = (current + 1) % batches.count
    let last = latest
    orStop { try timeline.wait(for: batches[current].value) { last?.description ?? "" } }
    collect(current)
    var info = VkCommandBufferBeginInfo()
    info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO
    info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT.rawValue
    let commands = batches[current].commands
    orStop {
      try check(device.functions.beginCommandBuffer(commands, &info), "vkBeginCommandBuffer")
    }
    batches[current].profile?.reset(commands)
  }

  private func finishBatch() {
    if recorded == 0 { return }
    let commands = batches[current].commands
    barrier(commands, forHost: true)
    submitted += 1
    orStop {
      try check(device.functions.endCommandBuffer(commands), "vkEndCommandBuffer")
      try submit(commands, signalling: submitted)
    }
    batches[current].value = submitted
    recorded = 0
  }

  private func submit(_ commands: VkCommandBuffer, signalling value: UInt64) throws {
    try CValues.with { values in
      var values64 = VkTimelineSemaphoreSubmitInfo()
      values64.sType = VK_STRUCTURE_TYPE_TIMELINE_SEMAPHORE_SUBMIT_INFO
      values64.signalSemaphoreValueCount = 1
      values64.pSignalSemaphoreValues = UnsafePointer(values.pointer(value))
      var info = VkSubmitInfo()
      info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO
      info.pNext = UnsafeRawPointer(values.pointer(values64))
      info.commandBufferCount = 1
      info.pCommandBuffers = UnsafePointer(values.pointer(Optional(commands)))
      info.signalSemaphoreCount = 1
      info.pSignalSemaphores = UnsafePointer(values.pointer(Optional(timeline.semaphore)))
      try check(
        device.functions.queueSubmit(device.queue, 1, &info, nil), "vkQueueSubmit",
        for: latest?.description ?? "")
    }
  }

  /// One barrier for all memory, between everything before and everything after it, or before this
  /// program reads.
  private func barrier(_ commands: VkCommandBuffer, forHost: Bool) {
    var barrier = VkMemoryBarrier()
    barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER
    barrier.srcAccessMask = flags(VK_ACCESS_SHADER_WRITE_BIT, VK_ACCESS_TRANSFER_WRITE_BIT)
    barrier.dstAccessMask =
      forHost
      ? VK_ACCESS_HOST_READ_BIT.rawValue
      : flags(
        VK_ACCESS_SHADER_READ_BIT, VK_ACCESS_SHADER_WRITE_BIT, VK_ACCESS_TRANSFER_READ_BIT,
        VK_ACCESS_TRANSFER_WRITE_BIT)
    let work = flags(VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, VK_PIPELINE_STAGE_TRANSFER_BIT)
    let next = forHost ? VK_PIPELINE_STAGE_HOST_BIT.rawValue : work
    device.functions.pipelineBarrier(commands, work, next, 0, 1, &barrier, 0, nil, 0, nil)
  }

  private func collect(_ index: Int) {
    if batches[index].value > 0 { batches[index].profile?.collect(into: &times) }
  }
}
