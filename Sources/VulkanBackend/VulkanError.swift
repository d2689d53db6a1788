public import Faults

/// Why a device could not be had, or could not go on.
public struct VulkanError: Fault {
  /// What went wrong.
  public enum Reason: Sendable, Equatable {
    /// The Vulkan library is not installed.
    case noLoader
    /// The library has no device, or none that is good enough.
    case noDevice
    /// The validation layer was asked for and is not installed.
    case noValidationLayer
    /// Memory that the device does not have, or does not give in one piece.
    case outOfMemory
    /// The device stopped to answer.
    case lost
    /// The device did not finish in time.
    case timeOut
    /// A call of the driver failed.
    case failed
  }

  /// What went wrong.
  public let reason: Reason
  /// One paragraph: what was found, what was expected, and what to do.
  public let description: String
  /// Settings that may be chosen otherwise.
  public let remedies: [Remedy]

  /// The remedy against a device that is not there.
  static let processor = Remedy(.device, ["cpu"])

  init(_ reason: Reason, _ description: String, remedies: [Remedy] = []) {
    self.reason = reason
    self.description = description
    self.remedies = remedies
  }

  /// `memory`, or `device` for everything else.
  public var kind: FaultKind { reason == .outOfMemory ? .memory : .device }

  /// There is too little memory for some work.
  static func outOfMemory(_ work: String) -> VulkanError {
    VulkanError(
      .outOfMemory,
      "The Vulkan device is out of memory at \(work). Smaller images or batches, half precision,"
        + " weights in the processor's memory or a tiled decoder need less.")
  }
}
