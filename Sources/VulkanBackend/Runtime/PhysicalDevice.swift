import CVulkan

/// A device as its driver describes it, before it is opened.
///
/// Unchecked because a handle is a pointer; it is valid as long as the instance.
struct PhysicalDevice: @unchecked Sendable {
  let handle: VkPhysicalDevice
  let instance: Instance
  let properties: VkPhysicalDeviceProperties
  let driverUUID: [UInt8]
  let driver: String
  let subgroupSize: Int
  let maxAllocation: Int
  let memory: VkPhysicalDeviceMemoryProperties
  /// What the device lacks that this backend needs.
  let missingFeatures: [String]
  /// A family of queues that compute, and the number of meaningful bits in their timestamps.
  let queueFamily: (index: UInt32, timestampBits: UInt32)?

  /// Every device of an instance, in the order of its drivers.
  static func all(of instance: Instance) throws -> [PhysicalDevice] {
    try list(VkPhysicalDevice?.none) {
      instance.functions.enumeratePhysicalDevices(instance.handle, $0, $1)
    }.compactMap { $0 }.map { PhysicalDevice($0, instance) }
  }

  private init(_ handle: VkPhysicalDevice, _ instance: Instance) {
    (self.handle, self.instance) = (handle, instance)
    let functions = instance.functions
    var memory = VkPhysicalDeviceMemoryProperties()
    functions.getPhysicalDeviceMemoryProperties(handle, &memory)
    self.memory = memory

    var properties11 = VkPhysicalDeviceVulkan11Properties()
    properties11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_PROPERTIES
    var properties12 = VkPhysicalDeviceVulkan12Properties()
    properties12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_PROPERTIES
    properties = CValues.with { values in
      let second = values.pointer(properties12)
      properties11.pNext = UnsafeMutableRawPointer(second)
      let first = values.pointer(properties11)
      var all = VkPhysicalDeviceProperties2()
      all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2
      all.pNext = UnsafeMutableRawPointer(first)
      functions.getPhysicalDeviceProperties2(handle, &all)
      (properties11, properties12) = (first.pointee, second.pointee)
      return all.properties
    }
    driverUUID = withUnsafeBytes(of: properties11.driverUUID) { Array($0) }
    driver = "\(text(properties12.driverName)) \(text(properties12.driverInfo))"
    subgroupSize = Int(properties11.subgroupSize)
    maxAllocation = Int(clamping: properties11.maxMemoryAllocationSize)
    queueFamily = Self.computeFamily(handle, functions)
    missingFeatures = DeviceFeatures.missing(handle, functions, version: properties.apiVersion)
  }

  private static func computeFamily(
    _ handle: VkPhysicalDevice, _ functions: InstanceFunctions
  ) -> (index: UInt32, timestampBits: UInt32)? {
    var count: UInt32 = 0
    functions.getQueueFamilyProperties(handle, &count, nil)
    var families = [VkQueueFamilyProperties](
      repeating: VkQueueFamilyProperties(), count: Int(count))
    functions.getQueueFamilyProperties(handle, &count, &families)
    return families.indices.first { families[$0].queueFlags & VK_QUEUE_COMPUTE_BIT.rawValue != 0 }
      .map { (UInt32($0), families[$0].timestampValidBits) }
  }

  /// Whether this backend can compute on the device.
  var isUsable: Bool { missingFeatures.isEmpty && queueFamily != nil }

  /// Memory types with all of some properties, the best first.
  func memoryTypes(_ required: UInt32) -> [UInt32] {
    withUnsafeBytes(of: memory.memoryTypes) { bytes in
      let types = bytes.bindMemory(to: VkMemoryType.self)
      return (0..<memory.memoryTypeCount).filter {
        types[Int($0)].propertyFlags & required == required
      }
    }
  }

  /// Bytes of the largest heap of the device's own memory.
  var memorySize: Int {
    withUnsafeBytes(of: memory.memoryHeaps) { bytes in
      bytes.bindMemory(to: VkMemoryHeap.self).prefix(Int(memory.memoryHeapCount))
        .filter { $0.flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT.rawValue != 0 }
        .map { Int(clamping: $0.size) }.max() ?? 0
    }
  }
}
