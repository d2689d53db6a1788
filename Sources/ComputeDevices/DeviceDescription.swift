import CPUBackend
import Foundation
import Tensors
import VulkanBackend

/// One line of the list of devices.
public struct DeviceDescription: Sendable, Encodable {
  /// What ``DeviceSelection`` is given for it.
  public let selection: String
  /// The hardware and its driver.
  public let name: String
  /// Bytes of its memory.
  public let memorySize: Int
  /// Units that multiply matrices, and the types of their operands; empty when there are none.
  public let matrixUnits: [String]
  /// The types of those operands, each once.
  public let matrixPrecisions: [String]
  /// What it lacks to be used; empty when it can be.
  public let missing: [String]
  /// Whether `auto` takes it.
  public let isAutomatic: Bool

  /// The processor first, then what Vulkan offers, in the order in which it is preferred.
  ///
  /// - Throws: `VulkanError` when Vulkan is there and does not answer.
  public static func all() throws -> [DeviceDescription] {
    let devices = try vulkanDevices()
    let best = devices.first(where: \.isGraphics)
    let cpu = DeviceDescription(
      selection: DeviceSelection.cpu.description, name: Device.cpu().description,
      memorySize: Int(clamping: ProcessInfo.processInfo.physicalMemory),
      matrixUnits: [], matrixPrecisions: [], missing: [], isAutomatic: best == nil)
    return [cpu] + devices.map { DeviceDescription($0, isAutomatic: $0 == best) }
  }

  private static func vulkanDevices() throws -> [VulkanDevice] {
    do {
      return try VulkanDevice.all().sorted { $0.kind < $1.kind }
    } catch let error as VulkanError where error.reason == .noLoader || error.reason == .noDevice {
      return []
    }
  }
}

extension DeviceDescription {
  fileprivate init(_ device: VulkanDevice, isAutomatic: Bool) {
    self.init(
      // Drivers add versions in parentheses, which nobody wants to type.
      selection: DeviceSelection.vulkan(
        named: device.name.split(separator: " (").first.map { String($0) }
      ).description,
      name: "\(device.name) (\(device.driver))", memorySize: device.memorySize,
      matrixUnits: device.matrixUnits == .none ? [] : device.matrixShapes.map(\.description),
      matrixPrecisions: ProductPrecision.allCases.filter { precision in
        device.matrixUnits != .none
          && device.matrixShapes.contains { $0.precision == precision }
      }.map(\.rawValue),
      missing: device.missingFeatures, isAutomatic: isAutomatic)
  }
}
