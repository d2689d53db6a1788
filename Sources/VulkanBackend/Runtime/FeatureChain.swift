import CVulkan

/// Structs of features that point to each other, as Vulkan asks a device for them and opens it with them.
struct FeatureChain {
  let all: UnsafeMutablePointer<VkPhysicalDeviceFeatures2>
  let core11: UnsafeMutablePointer<VkPhysicalDeviceVulkan11Features>
  let core12: UnsafeMutablePointer<VkPhysicalDeviceVulkan12Features>
  /// Absent where the device does not know them.
  private(set) var core13: UnsafeMutablePointer<VkPhysicalDeviceVulkan13Features>?
  private(set) var units: UnsafeMutablePointer<VkPhysicalDeviceCooperativeMatrixFeaturesKHR>?
  private(set) var units2: UnsafeMutablePointer<VkPhysicalDeviceCooperativeMatrix2FeaturesNV>?
  private(set) var bfloat16: UnsafeMutablePointer<VkPhysicalDeviceShaderBfloat16FeaturesKHR>?

  /// A chain of zeros.
  ///
  /// - Parameters:
  ///   - version: The device's version of Vulkan.
  ///   - extensions: The device's extensions.
  init(_ values: CValues, version: UInt32, extensions: Set<String>) {
    var next: UnsafeMutableRawPointer?
    if extensions.contains(Extension.units) {
      var features = VkPhysicalDeviceCooperativeMatrixFeaturesKHR()
      features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_COOPERATIVE_MATRIX_FEATURES_KHR
      features.pNext = next
      units = values.pointer(features)
      next = UnsafeMutableRawPointer(units)
    }
    if extensions.contains(Extension.units2) {
      var features = VkPhysicalDeviceCooperativeMatrix2FeaturesNV()
      features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_COOPERATIVE_MATRIX_2_FEATURES_NV
      features.pNext = next
      units2 = values.pointer(features)
      next = UnsafeMutableRawPointer(units2)
    }
    if extensions.contains(Extension.bfloat16) {
      var features = VkPhysicalDeviceShaderBfloat16FeaturesKHR()
      features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SHADER_BFLOAT16_FEATURES_KHR
      features.pNext = next
      bfloat16 = values.pointer(features)
      next = UnsafeMutableRawPointer(bfloat16)
    }
    if version >= Instance.version13 {
      var features = VkPhysicalDeviceVulkan13Features()
      features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES
      features.pNext = next
      core13 = values.pointer(features)
      next = UnsafeMutableRawPointer(core13)
    }
    var features12 = VkPhysicalDeviceVulkan12Features()
    features12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES
    features12.pNext = next
    core12 = values.pointer(features12)
    var features11 = VkPhysicalDeviceVulkan11Features()
    features11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES
    features11.pNext = UnsafeMutableRawPointer(core12)
    core11 = values.pointer(features11)
    var features = VkPhysicalDeviceFeatures2()
    features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2
    features.pNext = UnsafeMutableRawPointer(core11)
    all = values.pointer(features)
  }
}

/// Extensions that a device may have.
enum Extension {
  static let units = "VK_KHR_cooperative_matrix"
  static let units2 = "VK_NV_cooperative_matrix2"
  static let bfloat16 = "VK_KHR_shader_bfloat16"
}
