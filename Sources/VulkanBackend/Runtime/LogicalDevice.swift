import CVulkan

/// An open device and its one queue.
///
/// Unchecked because handles are pointers; the queue is used by the recorder alone, under its lock.
final class LogicalDevice: @unchecked Sendable {
  let physical: PhysicalDevice
  let handle: VkDevice
  let functions: DeviceFunctions
  let queue: VkQueue
  let queueFamily: UInt32
  let failure = Failure()
  let memoryLimit: MemoryLimit

  init(_ physical: PhysicalDevice, memoryLimit: Int?) throws {
    self.memoryLimit = MemoryLimit(memoryLimit)
    guard let family = physical.queueFamily, physical.isUsable else {
      throw VulkanError(
        .noDevice,
        "\(text(physical.properties.deviceName)) cannot be used: it lacks"
          + " \(physical.features.missing.joined(separator: ", ")). Try a newer driver.")
    }
    let instance = physical.instance.functions
    var created: VkDevice?
    try CValues.with { values in
      var queue = VkDeviceQueueCreateInfo()
      queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO
      queue.queueFamilyIndex = family.index
      queue.queueCount = 1
      queue.pQueuePriorities = UnsafePointer(values.pointer(Float(1)))
      var info = VkDeviceCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO
      info.pNext = physical.features.enabled(values)
      info.enabledExtensionCount = UInt32(physical.features.extensions.count)
      info.ppEnabledExtensionNames = values.texts(physical.features.extensions)
      info.queueCreateInfoCount = 1
      info.pQueueCreateInfos = UnsafePointer(values.pointer(queue))
      try check(instance.createDevice(physical.handle, &info, nil, &created), "vkCreateDevice")
    }
    guard let created else { throw VulkanError(.failed, "vkCreateDevice made nothing.") }
    self.physical = physical
    handle = created
    functions = try DeviceFunctions(instance, created)
    queueFamily = family.index
    var found: VkQueue?
    functions.getDeviceQueue(created, family.index, 0, &found)
    guard let found else { throw VulkanError(.failed, "vkGetDeviceQueue found nothing.") }
    queue = found
  }

  deinit {
    _ = functions.deviceWaitIdle(handle)
    functions.destroyDevice(handle, nil)
  }

  /// What a call of the device makes, given its address.
  func make<Handle>(
    _ call: String, for work: @autoclosure () -> String = "",
    _ body: (UnsafeMutablePointer<Handle?>) -> VkResult
  ) throws -> Handle {
    var made: Handle?
    try check(body(&made), call, for: work())
    guard let made else { throw VulkanError(.failed, "\(call) made nothing.") }
    return made
  }
}
