import CVulkan

/// The features that this backend needs: those of any desktop device with Vulkan 1.2.
enum DeviceFeatures {
  /// The names of those that a device lacks.
  static func missing(
    _ device: VkPhysicalDevice, _ functions: InstanceFunctions, version: UInt32
  ) -> [String] {
    if version < Instance.version { return ["Vulkan 1.2"] }
    return CValues.with { values in
      let chain = chain(values)
      functions.getPhysicalDeviceFeatures2(device, chain.all)
      let needed = [
        ("shaderInt16", chain.all.pointee.features.shaderInt16),
        ("storageBuffer16BitAccess", chain.first.pointee.storageBuffer16BitAccess),
        ("bufferDeviceAddress", chain.second.pointee.bufferDeviceAddress),
        ("timelineSemaphore", chain.second.pointee.timelineSemaphore),
      ]
      return needed.filter { $0.1 == 0 }.map(\.0)
    }
  }

  /// A chain that asks for them, to open a device with.
  static func needed(_ values: CValues) -> UnsafeRawPointer {
    let chain = chain(values)
    chain.all.pointee.features.shaderInt16 = 1
    chain.first.pointee.storageBuffer16BitAccess = 1
    chain.second.pointee.bufferDeviceAddress = 1
    chain.second.pointee.timelineSemaphore = 1
    return UnsafeRawPointer(chain.all)
  }

  private typealias Chain = (
    all: UnsafeMutablePointer<VkPhysicalDeviceFeatures2>,
    first: UnsafeMutablePointer<VkPhysicalDeviceVulkan11Features>,
    second: UnsafeMutablePointer<VkPhysicalDeviceVulkan12Features>
  )

  private static func chain(_ values: CValues) -> Chain {
    var features12 = VkPhysicalDeviceVulkan12Features()
    features12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES
    let second = values.pointer(features12)
    var features11 = VkPhysicalDeviceVulkan11Features()
    features11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES
    features11.pNext = UnsafeMutableRawPointer(second)
    let first = values.pointer(features11)
    var features = VkPhysicalDeviceFeatures2()
    features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2
    features.pNext = UnsafeMutableRawPointer(first)
    return (values.pointer(features), first, second)
  }
}
