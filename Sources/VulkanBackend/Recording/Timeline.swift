import CVulkan

/// Counts the batches that the device has done.
///
/// Unchecked because a handle is a pointer; Vulkan lets several threads wait.
final class Timeline: @unchecked Sendable {
  /// The longest that one batch may take: 20 minutes, for software devices.
  private static let patience: UInt64 = 20 * 60 * 1_000_000_000

  let semaphore: VkSemaphore
  private let device: LogicalDevice

  init(_ device: LogicalDevice) throws {
    self.device = device
    semaphore = try CValues.with { values in
      var type = VkSemaphoreTypeCreateInfo()
      type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO
      type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE
      var info = VkSemaphoreCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO
      info.pNext = UnsafeRawPointer(values.pointer(type))
      return try device.make("vkCreateSemaphore") {
        device.functions.createSemaphore(device.handle, &info, nil, $0)
      }
    }
  }

  deinit { device.functions.destroySemaphore(device.handle, semaphore, nil) }

  /// Waits until a batch is done.
  ///
  /// - Parameter work: Its last operation, for the error when the device does not answer.
  func wait(for value: UInt64, _ work: () -> String) throws {
    if value == 0 { return }
    try CValues.with { values in
      var info = VkSemaphoreWaitInfo()
      info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO
      info.semaphoreCount = 1
      info.pSemaphores = UnsafePointer(values.pointer(Optional(semaphore)))
      info.pValues = UnsafePointer(values.pointer(value))
      let result = device.functions.waitSemaphores(device.handle, &info, Self.patience)
      try check(result, "vkWaitSemaphores", for: work())
    }
  }
}
