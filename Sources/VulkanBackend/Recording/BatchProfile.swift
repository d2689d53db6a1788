import CVulkan

/// Timestamps before and after every command of one batch, or of a part of a recording.
///
/// Unchecked because handles are pointers; it is used under the recorder's lock.
final class BatchProfile: @unchecked Sendable {
  private let device: LogicalDevice
  private let pool: VkQueryPool
  private let capacity: Int
  private var operations: [String] = []

  init(_ device: LogicalDevice, capacity: Int) throws {
    (self.device, self.capacity) = (device, capacity)
    guard device.physical.queueFamily?.timestampBits ?? 0 > 0 else {
      throw VulkanError(
        .failed, "This Vulkan device measures no times: its queue has no timestamps.")
    }
    var info = VkQueryPoolCreateInfo()
    info.sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO
    info.queryType = VK_QUERY_TYPE_TIMESTAMP
    info.queryCount = UInt32(2 * capacity)
    pool = try device.make("vkCreateQueryPool") {
      device.functions.createQueryPool(device.handle, &info, nil, $0)
    }
  }

  deinit { device.functions.destroyQueryPool(device.handle, pool, nil) }

  func reset(_ commands: VkCommandBuffer) {
    device.functions.resetQueryPool(commands, pool, 0, UInt32(2 * capacity))
  }

  func begin(_ operation: String, _ commands: VkCommandBuffer) {
    operations.append(operation)
    write(commands, 2 * operations.count - 2)
  }

  func end(_ commands: VkCommandBuffer) { write(commands, 2 * operations.count - 1) }

  private func write(_ commands: VkCommandBuffer, _ query: Int) {
    device.functions.writeTimestamp(
      commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, pool, UInt32(query))
  }

  /// Whether there is no room for another command.
  var isFull: Bool { operations.count == capacity }

  /// Forgets the commands, for others take their places.
  func clear() { operations = [] }

  /// Adds the times of commands that are done.
  func collect(into times: inout OperationTimes) {
    if operations.isEmpty { return }
    var ticks = [UInt64](repeating: 0, count: 2 * operations.count)
    let result = device.functions.getQueryPoolResults(
      device.handle, pool, 0, UInt32(ticks.count), 8 * ticks.count, &ticks, 8,
      VK_QUERY_RESULT_64_BIT.rawValue)
    guard result == VK_SUCCESS else { return }
    let bits = device.physical.queueFamily?.timestampBits ?? 64
    let mask = UInt64.max >> (64 - UInt64(bits))
    let tick = Double(device.physical.properties.limits.timestampPeriod) * 1e-9
    for (index, operation) in operations.enumerated() {
      // The counter may have begun anew in between.
      let elapsed = (ticks[2 * index + 1] &- ticks[2 * index]) & mask
      times.add(operation, seconds: Double(elapsed) * tick)
    }
  }
}
