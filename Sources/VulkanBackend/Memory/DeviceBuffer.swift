import CVulkan

/// A buffer with memory of its own, reached by shaders through its address.
///
/// Unchecked because handles are pointers; what the memory holds is the recorder's business.
final class DeviceBuffer: @unchecked Sendable {
  /// Who reads and writes the memory.
  enum Kind {
    /// The device alone.
    case device
    /// The device and, through ``host``, this program.
    case shared
  }

  let handle: VkBuffer
  let byteCount: Int
  /// Where shaders find the first byte.
  let address: UInt64
  /// Where this program finds the first byte; absent where the device alone does.
  let host: UnsafeMutableRawPointer?
  private let memory: VkDeviceMemory
  let kind: Kind
  private let device: LogicalDevice

  /// - Throws: ``VulkanError`` when the device does not have that much memory in one piece.
  init(_ device: LogicalDevice, byteCount: Int, _ kind: Kind, for work: String) throws {
    (self.device, self.byteCount, self.kind) = (device, byteCount, kind)
    if byteCount > device.physical.maxAllocation {
      throw VulkanError(
        .outOfMemory,
        "\(work) needs \(byteCount) bytes in one piece; the Vulkan driver gives at most"
          + " \(device.physical.maxAllocation). Smaller images, smaller batches or a tiled decoder"
          + " need less.")
    }
    if kind == .device { try device.memoryLimit.take(byteCount, for: work) }
    do {
      (handle, memory) = try Self.make(device, byteCount, kind, for: work)
    } catch {
      if kind == .device { device.memoryLimit.give(back: byteCount) }
      throw error
    }
    var info = VkBufferDeviceAddressInfo()
    info.sType = VK_STRUCTURE_TYPE_BUFFER_DEVICE_ADDRESS_INFO
    info.buffer = handle
    address = device.functions.getBufferDeviceAddress(device.handle, &info)
    var mapped: UnsafeMutableRawPointer?
    if kind == .shared {
      _ = device.functions.mapMemory(device.handle, memory, 0, VkDeviceSize(byteCount), 0, &mapped)
    }
    host = mapped
  }

  deinit {
    device.functions.destroyBuffer(device.handle, handle, nil)
    device.functions.freeMemory(device.handle, memory, nil)
    if kind == .device { device.memoryLimit.give(back: byteCount) }
  }

  private static func make(
    _ device: LogicalDevice, _ byteCount: Int, _ kind: Kind, for work: String
  ) throws -> (VkBuffer, VkDeviceMemory) {
    let functions = device.functions
    var info = VkBufferCreateInfo()
    info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO
    info.size = VkDeviceSize(byteCount)
    info.usage = flags(
      VK_BUFFER_USAGE_STORAGE_BUFFER_BIT, VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
      VK_BUFFER_USAGE_TRANSFER_SRC_BIT, VK_BUFFER_USAGE_TRANSFER_DST_BIT)
    info.sharingMode = VK_SHARING_MODE_EXCLUSIVE
    let buffer: VkBuffer = try device.make("vkCreateBuffer", for: work) {
      functions.createBuffer(device.handle, &info, nil, $0)
    }
    do {
      let memory = try allocate(device, buffer, kind, for: work)
      try check(functions.bindBufferMemory(device.handle, buffer, memory, 0), "vkBindBufferMemory")
      return (buffer, memory)
    } catch {
      functions.destroyBuffer(device.handle, buffer, nil)
      throw error
    }
  }

  private static func allocate(
    _ device: LogicalDevice, _ buffer: VkBuffer, _ kind: Kind, for work: String
  ) throws -> VkDeviceMemory {
    var requirements = VkMemoryRequirements()
    device.functions.getBufferMemoryRequirements(device.handle, buffer, &requirements)
    // Shared memory is read by the processor: cached where the driver has such.
    let shared = flags(
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT, VK_MEMORY_PROPERTY_HOST_COHERENT_BIT)
    let wishes =
      kind == .device
      ? [VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT.rawValue, 0]
      : [shared | VK_MEMORY_PROPERTY_HOST_CACHED_BIT.rawValue, shared]
    let type = wishes.lazy.flatMap { device.physical.memoryTypes($0) }
      .first { requirements.memoryTypeBits >> $0 & 1 != 0 }
    guard let type else {
      throw VulkanError(.outOfMemory, "The Vulkan device has no memory of the kind for \(work).")
    }
    return try CValues.with { values in
      var flagsInfo = VkMemoryAllocateFlagsInfo()
      flagsInfo.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_FLAGS_INFO
      flagsInfo.flags = VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT.rawValue
      var info = VkMemoryAllocateInfo()
      info.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO
      info.pNext = UnsafeRawPointer(values.pointer(flagsInfo))
      info.allocationSize = requirements.size
      info.memoryTypeIndex = type
      return try device.make("vkAllocateMemory", for: "\(work), \(requirements.size) bytes") {
        device.functions.allocateMemory(device.handle, &info, nil, $0)
      }
    }
  }
}
