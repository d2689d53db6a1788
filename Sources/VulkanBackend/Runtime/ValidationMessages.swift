import CVulkan

/// Receives what the validation layer says.
final class ValidationMessages: Sendable {
  private let report: @Sendable (String) -> Void

  init(_ report: @escaping @Sendable (String) -> Void) { self.report = report }

  /// Warnings and errors, among them those of performance: nothing else is worth a message.
  var messenger: VkDebugUtilsMessengerCreateInfoEXT {
    var info = VkDebugUtilsMessengerCreateInfoEXT()
    info.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT
    info.messageSeverity = flags(
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT,
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT)
    info.messageType = flags(
      VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT,
      VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT)
    info.pUserData = Unmanaged.passUnretained(self).toOpaque()
    info.pfnUserCallback = { _, _, data, user in
      if let message = data?.pointee.pMessage, let user {
        Unmanaged<ValidationMessages>.fromOpaque(user).takeUnretainedValue()
          .report(String(cString: message))
      }
      return 0
    }
    return info
  }
}
