import CPUBackend
public import Tensors
public import VulkanBackend

/// Which device computes, as a command line names it.
public enum DeviceSelection: Sendable, Equatable, LosslessStringConvertible {
  /// The best graphics device, or the processor where there is none.
  case auto
  /// The processor.
  case cpu
  /// A graphics device through Vulkan: the best one, or the one with a part of its name.
  case vulkan(named: String?)

  /// Reads `auto`, `cpu`, `vulkan` or `vulkan:` with a part of a name.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", maxSplits: 1)
    switch (parts.first, parts.dropFirst().first) {
    case ("auto", nil): self = .auto
    case ("cpu", nil): self = .cpu
    case ("vulkan", let name): self = .vulkan(named: name.map { String($0) })
    default: return nil
    }
  }

  /// The text that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .auto: "auto"
    case .cpu: "cpu"
    case .vulkan(let name): ["vulkan", name].compactMap { $0 }.joined(separator: ":")
    }
  }

  /// The same with `auto` decided.
  ///
  /// Vulkan's software devices are passed over: the processor computes faster by itself.
  public var resolved: DeviceSelection {
    guard self == .auto else { return self }
    let devices = (try? VulkanDevice.all()) ?? []
    let hasGraphics = devices.contains(where: \.isGraphics)
    return hasGraphics ? .vulkan(named: nil) : .cpu
  }

  /// The device.
  ///
  /// - Parameters:
  ///   - threads: Number of CPU threads; as this process's share of the machine when absent.
  ///   - options: How a graphics device is used.
  /// - Throws: `VulkanError` when there is no such graphics device or it lacks something.
  public func open(
    threads: Int? = nil, _ options: VulkanOptions = VulkanOptions()
  ) throws -> Device {
    switch resolved {
    case .vulkan(named: let name): try .vulkan(named: name, options)
    default: .cpu(threads: threads)
    }
  }
}
