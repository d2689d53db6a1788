import CVulkan

/// A device that Vulkan offers, as its driver describes it.
public struct VulkanDevice: Sendable, Equatable {
  /// What kind of device it is, the fastest kinds first.
  public enum Kind: Int, Sendable, Comparable {
    /// A graphics card.
    case discrete
    /// Graphics that share the processor's memory.
    case integrated
    /// A part of a card that a virtual machine got.
    case virtual
    /// Something else.
    case other
    /// The processor, by a software driver.
    case processor

    /// Whether one kind is faster than another.
    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The name that the driver gives it.
  public let name: String
  /// What kind of device it is.
  public let kind: Kind
  /// Name and version of the driver.
  public let driver: String
  /// Bytes of its own memory.
  public let memorySize: Int
  /// The most bytes that the driver gives in one piece.
  public let maxAllocation: Int
  /// Number of invocations that go in step.
  public let subgroupSize: Int
  /// Bytes of memory that a workgroup shares.
  public let sharedMemorySize: Int
  /// How its matrix units can be reached.
  public let matrixUnits: MatrixUnits
  /// What its matrix units multiply at once.
  public let matrixShapes: [MatrixShape]
  /// Whether shaders read and write single halves. Weights and operands are stored as halves on any
  /// device; without it, tensors of halves cannot be made or copied.
  public let has16BitStorage: Bool
  /// What it lacks to be used; empty when it can be.
  public let missingFeatures: [String]

  /// Whether this backend can compute on it.
  public var isUsable: Bool { missingFeatures.isEmpty }

  /// Whether it can be used and is no software device: those compute slower than the processor by itself.
  public var isGraphics: Bool { isUsable && kind != .processor }

  init(_ device: PhysicalDevice) {
    let properties = device.properties
    name = text(properties.deviceName)
    kind =
      switch properties.deviceType {
      case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU: .discrete
      case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU: .integrated
      case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU: .virtual
      case VK_PHYSICAL_DEVICE_TYPE_CPU: .processor
      default: .other
      }
    driver = device.driver
    memorySize = device.memorySize
    maxAllocation = device.maxAllocation
    subgroupSize = device.subgroupSize
    sharedMemorySize = Int(properties.limits.maxComputeSharedMemorySize)
    matrixUnits = MatrixUnits(device)
    matrixShapes = device.matrixShapes
    has16BitStorage = device.features.has16BitStorage
    missingFeatures =
      device.features.missing + (device.queueFamily == nil ? ["a queue that computes"] : [])
  }

  /// All devices that Vulkan offers on this machine.
  ///
  /// - Throws: ``VulkanError`` when there is no Vulkan library.
  public static func all() throws -> [VulkanDevice] {
    try PhysicalDevice.all(of: Instance()).map { VulkanDevice($0) }
  }
}
