import CVulkan
import Synchronization
import Tensors

/// Records work for the device's queue, in order, and submits it in batches.
///
/// Unchecked because handles are pointers: everything that changes is reached under `lock`.
final class Recorder: CommandEncoder, @unchecked Sendable {
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

  let device: LogicalDevice
  let layout: VkPipelineLayout
  private let timeline: Timeline
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
    pool = try device.makeCommandPool()
    for _ in 0..<Self.batchCount {
      let commands = try device.makeCommandBuffer(pool)
      let profile = profiles ? try BatchProfile(device, capacity: Self.batchSize) : nil
      batches.append(Batch(commands: commands, profile: profile))
    }
  }

  deinit {
    _ = device.functions.deviceWaitIdle(device.handle)
    device.functions.destroyCommandPool(device.handle, pool, nil)
  }

  var latestWork: String { lock.withLock { _ in latest?.description ?? "the first operation" } }

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

  /// Submits a recording, behind all that was recorded here.
  ///
  /// - Returns: The value for ``wait(for:)`` by which it is done. When times are measured it is, so that
  ///   the next submission does not overwrite them.
  func submit(_ recording: CommandRecording) -> UInt64 {
    let value = lock.withLock { _ in
      finishBatch()
      latest = recording.latest ?? latest
      submitted += 1
      device.failure.attempt { try submit(recording.commands, signalling: submitted) }
      // The recording's last barrier is behind all that came before.
      hazards = Hazards()
      return submitted
    }
    if !recording.profiles.isEmpty {
      wait(for: value)
      lock.withLock { _ in for profile in recording.profiles { profile.collect(into: &times) } }
    }
    return value
  }

  /// Waits until a submission is done and what it wrote can be read by this program, or the device fails.
  func wait(for value: UInt64) {
    device.failure.attempt { try timeline.wait(for: value) { latestWork } }
  }

  /// Submits what was recorded and waits until all that was ever recorded is done.
  func finish() { wait(for: submit()) }

  /// Seconds of every operation since the last call; empty unless profiles were asked for.
  func takeTimes() -> OperationTimes {
    finish()
    return lock.withLock { _ in
      for index in batches.indices { collect(index) }
      defer { times = OperationTimes() }
      return times
    }
  }

  func encode(
    _ work: Work, reads: [MemoryRange], writes: [MemoryRange], _ body: (VkCommandBuffer) -> Void
  ) {
    lock.withLock { _ in
      if recorded == 0 { beginBatch() }
      if device.failure.error != nil { return }
      let commands = batches[current].commands
      if hazards.add(reads: reads, writes: writes) { device.barrier(commands) }
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
    let commands = batches[current].commands
    device.failure.attempt {
      try timeline.wait(for: batches[current].value) { last?.description ?? "" }
      collect(current)
      try device.begin(commands, VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT)
      batches[current].profile?.reset(commands)
    }
  }

  private func finishBatch() {
    if recorded == 0 { return }
    let commands = batches[current].commands
    device.barrier(commands, forHost: true)
    submitted += 1
    device.failure.attempt {
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

  private func collect(_ index: Int) {
    guard batches[index].value > 0, let profile = batches[index].profile else { return }
    profile.collect(into: &times)
    profile.clear()
  }
}
