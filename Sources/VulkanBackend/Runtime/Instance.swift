import CVulkan

/// The connection to the Vulkan library and its drivers.
///
/// Unchecked because a handle is a pointer: Vulkan lets several threads use an instance.
final class Instance: @unchecked Sendable {
  private static let validationLayer = "VK_LAYER_KHRONOS_validation"

  /// The least version that has timeline semaphores and buffer addresses: 1.2.
  static let version: UInt32 = 1 << 22 | 2 << 12
  /// The version that matrix units come with: 1.3.
  static let version13: UInt32 = 1 << 22 | 3 << 12

  let handle: VkInstance
  let functions: InstanceFunctions
  private let messages: ValidationMessages?
  private let messenger: VkDebugUtilsMessengerEXT?
  private let destroyMessenger: PFN_vkDestroyDebugUtilsMessengerEXT?

  /// - Parameter validation: Where the validation layer's messages go; absent, it is not loaded.
  init(validation: (@Sendable (String) -> Void)? = nil) throws {
    let loader = try Loader()
    messages = validation.map { ValidationMessages($0) }
    if messages != nil { try Self.requireValidationLayer(loader) }
    handle = try Self.create(loader, messages)
    functions = try InstanceFunctions(loader, handle)
    var created: VkDebugUtilsMessengerEXT?
    if let messages {
      let create: PFN_vkCreateDebugUtilsMessengerEXT =
        try loader.function("vkCreateDebugUtilsMessengerEXT", handle)
      destroyMessenger = try loader.function("vkDestroyDebugUtilsMessengerEXT", handle)
      var info = messages.messenger
      try check(create(handle, &info, nil, &created), "vkCreateDebugUtilsMessengerEXT")
    } else {
      destroyMessenger = nil
    }
    messenger = created
  }

  deinit {
    destroyMessenger?(handle, messenger, nil)
    functions.destroyInstance(handle, nil)
  }

  private static func requireValidationLayer(_ loader: Loader) throws {
    let enumerate: PFN_vkEnumerateInstanceLayerProperties =
      try loader.function("vkEnumerateInstanceLayerProperties")
    let layers = try list(VkLayerProperties()) { enumerate($0, $1) }
    guard layers.contains(where: { text($0.layerName) == validationLayer }) else {
      throw VulkanError(
        .noValidationLayer,
        "The layer \(validationLayer) was asked for and is not installed; found"
          + " \(layers.map { text($0.layerName) }). Debian's package is vulkan-validationlayers.")
    }
  }

  private static func create(
    _ loader: Loader, _ messages: ValidationMessages?
  ) throws -> VkInstance {
    let create: PFN_vkCreateInstance = try loader.function("vkCreateInstance")
    var handle: VkInstance?
    try CValues.with { values in
      var application = VkApplicationInfo()
      application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO
      application.apiVersion = version13
      var info = VkInstanceCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO
      info.pApplicationInfo = UnsafePointer(values.pointer(application))
      if let messages {
        var features = VkValidationFeaturesEXT()
        features.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT
        features.pNext = UnsafeRawPointer(values.pointer(messages.messenger))
        features.enabledValidationFeatureCount = 1
        features.pEnabledValidationFeatures = UnsafePointer(
          values.pointer(VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT))
        info.pNext = UnsafeRawPointer(values.pointer(features))
        info.enabledLayerCount = 1
        info.ppEnabledLayerNames = values.texts([validationLayer])
        info.enabledExtensionCount = 1
        info.ppEnabledExtensionNames = values.texts(["VK_EXT_debug_utils"])
      }
      try check(create(&info, nil, &handle), "vkCreateInstance")
    }
    guard let handle else { throw VulkanError(.failed, "vkCreateInstance made nothing.") }
    return handle
  }
}

/// All elements of a list that Vulkan first counts and then fills.
func list<Element>(
  _ empty: Element,
  _ call: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Element>?) -> VkResult
) throws -> [Element] {
  var count: UInt32 = 0
  try check(call(&count, nil), "enumeration")
  var elements = [Element](repeating: empty, count: Int(count))
  let result = elements.withUnsafeMutableBufferPointer { call(&count, $0.baseAddress) }
  try check(result, "enumeration")
  return Array(elements.prefix(Int(count)))
}
