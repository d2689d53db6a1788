import CVulkan

/// Throws when a call of the driver did not succeed.
///
/// - Parameters:
///   - result: What the call returned.
///   - call: Its name.
///   - work: What the call was for, such as an operation and its sizes.
func check(_ result: VkResult, _ call: String, for work: @autoclosure () -> String = "") throws {
  if result == VK_SUCCESS { return }
  let context = work().isEmpty ? call : "\(work()) (\(call))"
  switch result {
  case VK_ERROR_OUT_OF_DEVICE_MEMORY, VK_ERROR_OUT_OF_HOST_MEMORY:
    throw VulkanError.outOfMemory(context)
  case VK_ERROR_INCOMPATIBLE_DRIVER:
    throw VulkanError(
      .noDevice,
      "No graphics driver answers Vulkan at \(context). Install the card's driver; where there is one and no display,"
        + " as in many containers, NVIDIA's wants the libraries of libglvnd0, libegl1 and libgl1 too.",
      remedies: [VulkanError.processor])
  case VK_ERROR_DEVICE_LOST:
    throw VulkanError(
      .lost,
      "The Vulkan device was lost at \(context): the driver reset it, often because one piece of"
        + " work took too long, or because of a fault. Please try a smaller image or batch, or a"
        + " newer driver; the system's log may say more.")
  case VK_TIMEOUT:
    throw VulkanError(
      .timeOut,
      "The Vulkan device did not finish in time at \(context). Please try a smaller image or"
        + " batch.")
  default:
    throw VulkanError(.failed, "Vulkan's \(context) failed with code \(result.rawValue).")
  }
}

/// The bits of some flags.
func flags<Flag: RawRepresentable>(_ all: Flag...) -> UInt32 where Flag.RawValue == UInt32 {
  all.reduce(0) { $0 | $1.rawValue }
}

/// The text in an array of characters that C declares inside a struct.
func text<Characters>(_ characters: Characters) -> String {
  withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
