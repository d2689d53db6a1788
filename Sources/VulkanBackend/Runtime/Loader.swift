import CVulkan
import Foundation

/// The system's Vulkan library, opened at run time: a machine without it keeps its CPU.
package struct Loader: Sendable {
  /// Where the library is looked for.
  package static let names = ["libvulkan.so.1", "libvulkan.so", "libvulkan.1.dylib"]

  /// Finds a function of an instance, or of none.
  let getInstanceProcAddr: PFN_vkGetInstanceProcAddr

  /// - Throws: ``VulkanError`` when there is no such library.
  package init(names: [String] = Self.names) throws {
    let library = names.lazy.compactMap { dlopen($0, RTLD_NOW | RTLD_LOCAL) }.first
    guard let library, let symbol = dlsym(library, "vkGetInstanceProcAddr") else {
      throw VulkanError(
        .noLoader,
        "No Vulkan library was found (looked for \(names.joined(separator: ", "))). Install"
          + " your graphics driver and libvulkan1, or compute on the CPU.",
        remedies: [VulkanError.processor])
    }
    getInstanceProcAddr = unsafeBitCast(symbol, to: PFN_vkGetInstanceProcAddr.self)
  }

  /// A function of an instance, whose type the caller's variable says.
  func function<Function>(_ name: String, _ instance: VkInstance? = nil) throws -> Function {
    guard let function = getInstanceProcAddr(instance, name) else { throw Self.missing(name) }
    return unsafeBitCast(function, to: Function.self)
  }

  static func missing(_ name: String) -> VulkanError {
    VulkanError(
      .failed, "The Vulkan driver has no \(name). A driver of Vulkan 1.2 or later is needed.")
  }
}
