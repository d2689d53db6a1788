import CVulkan

/// The functions of an instance that this backend calls.
struct InstanceFunctions: Sendable {
  let destroyInstance: PFN_vkDestroyInstance
  let enumeratePhysicalDevices: PFN_vkEnumeratePhysicalDevices
  let getPhysicalDeviceProperties2: PFN_vkGetPhysicalDeviceProperties2
  let getPhysicalDeviceFeatures2: PFN_vkGetPhysicalDeviceFeatures2
  let getPhysicalDeviceMemoryProperties: PFN_vkGetPhysicalDeviceMemoryProperties
  let getPhysicalDeviceMemoryProperties2: PFN_vkGetPhysicalDeviceMemoryProperties2
  let getQueueFamilyProperties: PFN_vkGetPhysicalDeviceQueueFamilyProperties
  let createDevice: PFN_vkCreateDevice
  let getDeviceProcAddr: PFN_vkGetDeviceProcAddr
  let enumerateDeviceExtensions: PFN_vkEnumerateDeviceExtensionProperties
  /// Absent where no driver has the extension.
  let getCooperativeMatrixProperties: PFN_vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR?
  let getFlexibleDimensionsProperties:
    PFN_vkGetPhysicalDeviceCooperativeMatrixFlexibleDimensionsPropertiesNV?

  init(_ loader: Loader, _ instance: VkInstance) throws {
    func function<F>(_ name: String) throws -> F { try loader.function(name, instance) }
    destroyInstance = try function("vkDestroyInstance")
    enumeratePhysicalDevices = try function("vkEnumeratePhysicalDevices")
    getPhysicalDeviceProperties2 = try function("vkGetPhysicalDeviceProperties2")
    getPhysicalDeviceFeatures2 = try function("vkGetPhysicalDeviceFeatures2")
    getPhysicalDeviceMemoryProperties = try function("vkGetPhysicalDeviceMemoryProperties")
    getPhysicalDeviceMemoryProperties2 = try function("vkGetPhysicalDeviceMemoryProperties2")
    getQueueFamilyProperties = try function("vkGetPhysicalDeviceQueueFamilyProperties")
    createDevice = try function("vkCreateDevice")
    getDeviceProcAddr = try function("vkGetDeviceProcAddr")
    enumerateDeviceExtensions = try function("vkEnumerateDeviceExtensionProperties")
    getCooperativeMatrixProperties =
      try? function("vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR")
    getFlexibleDimensionsProperties =
      try? function("vkGetPhysicalDeviceCooperativeMatrixFlexibleDimensionsPropertiesNV")
  }
}
