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
  /// Whether the threads of a subgroup can read each other's numbers.
  let hasShuffles: Bool
  let maxAllocation: Int
  let memory: VkPhysicalDeviceMemoryProperties
  /// What the device has of that which this backend needs or uses.
  let features: DeviceFeatures
  /// What the matrix units multiply.
  let matrixShapes: [MatrixShape]
  /// Least and most threads that go in step, where a pipeline can ask for a number; else 0.
  let subgroupSizes: ClosedRange<Int>
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
    hasShuffles =
      properties11.subgroupSupportedOperations & VK_SUBGROUP_FEATURE_SHUFFLE_BIT.rawValue != 0
    maxAllocation = Int(clamping: properties11.maxMemoryAllocationSize)
    queueFamily = Self.computeFamily(handle, functions)
    let extensions = try? list(VkExtensionProperties()) {
      functions.enumerateDeviceExtensions(handle, nil, $0, $1)
    }
    features = DeviceFeatures(
      handle, functions, version: properties.apiVersion,
      extensions: Set((extensions ?? []).map { text($0.extensionName) }))
    matrixShapes = Self.shapes(handle, instance, features)
    subgroupSizes =
      Self.subgroupSizes(handle, functions, properties.apiVersion) ?? 0...0
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

  private static func subgroupSizes(
    _ handle: VkPhysicalDevice, _ functions: InstanceFunctions, _ version: UInt32
  ) -> ClosedRange<Int>? {
    if version < Instance.version13 { return nil }
    return CValues.with { values in
      var properties13 = VkPhysicalDeviceVulkan13Properties()
      properties13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_PROPERTIES
      let found = values.pointer(properties13)
      var all = VkPhysicalDeviceProperties2()
      all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2
      all.pNext = UnsafeMutableRawPointer(found)
      functions.getPhysicalDeviceProperties2(handle, &all)
      let isSettable =
        found.pointee.requiredSubgroupSizeStages & VK_SHADER_STAGE_COMPUTE_BIT.rawValue != 0
      let sizes = (Int(found.pointee.minSubgroupSize), Int(found.pointee.maxSubgroupSize))
      return isSettable && sizes.0 <= sizes.1 ? sizes.0...sizes.1 : nil
    }
  }

  /// Whether this backend can compute on the device.
  var isUsable: Bool { features.missing.isEmpty && queueFamily != nil }

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
  var memorySize: Int { ownHeaps.map(\.size).max() ?? 0 }

  /// Indices and sizes of the heaps of the device's own memory.
  var ownHeaps: [(index: Int, size: Int)] {
    withUnsafeBytes(of: memory.memoryHeaps) { bytes in
      bytes.bindMemory(to: VkMemoryHeap.self).prefix(Int(memory.memoryHeapCount)).enumerated()
        .filter { $1.flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT.rawValue != 0 }
        .map { (index: $0, size: Int(clamping: $1.size)) }
    }
  }
}
