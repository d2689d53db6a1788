import CVulkan
import Synchronization
public import TensorCore

/// Computes on a graphics device, through compute shaders.
///
/// Operations are recorded and submitted in batches; a read waits for them. Operations do not throw: a
/// device that is lost or runs out of memory has a ``failure``, and does nothing from then on.
/// Unsafe memory is reached in this module only; `TensorCore` has checked every shape before.
public final class VulkanBackend: Backend {
  /// The device in use.
  public let device: VulkanDevice
  let recorder: Recorder
  let pipelines: Pipelines
  let staging: StagingRing
  private let ownWeights: Arena
  let ownActivations: Arena
  let profiles: Bool
  let recordings = Atomic(0)
  /// Where shaders report what is wrong with numbers they got; see ``checkFault()``.
  let fault: DeviceBuffer
  private let physical: PhysicalDevice
  private let memoryLimit: Int?

  /// Opens a device.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - memoryLimit: The most bytes of memory to take; as much as the device has when absent.
  ///   - profiles: Whether the time of every operation is measured.
  ///   - validation: Where the messages of Vulkan's validation layer go; absent, it is not loaded.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public init(
    named name: String? = nil, memoryLimit: Int? = nil, profiles: Bool = false,
    validation: (@Sendable (String) -> Void)? = nil
  ) throws {
    physical = try Self.choose(name, Instance(validation: validation))
    self.memoryLimit = memoryLimit
    let logical = try LogicalDevice(physical)
    device = VulkanDevice(physical)
    self.profiles = profiles
    pipelines = try Pipelines(logical)
    let recorder = try Recorder(logical, layout: pipelines.layout, profiles: profiles)
    self.recorder = recorder
    staging = try StagingRing(logical, recorder)
    let settle: @Sendable () -> Void = { recorder.wait(for: recorder.submit()) }
    ownWeights = Arena(logical, blockSize: 1 << 26, settle: settle)
    ownActivations = Arena(logical, blockSize: 1 << 26, settle: settle)
    fault = try DeviceBuffer(logical, byteCount: 256, .shared, for: "a report of faults")
    fault.host?.storeBytes(of: 0, as: UInt32.self)
  }

  /// Memory must not go before the work that uses it is done.
  deinit { recorder.wait(for: recorder.submit()) }

  private static func choose(_ name: String?, _ instance: Instance) throws -> PhysicalDevice {
    let all = try PhysicalDevice.all(of: instance)
    let described = all.map { (device: $0, description: VulkanDevice($0)) }
    let usable = described.filter { $0.description.isUsable }
    let wanted = usable.filter {
      $0.description.name.lowercased().contains((name ?? "").lowercased()) || name == nil
    }
    if let best = wanted.min(by: { $0.description.kind < $1.description.kind }) {
      return best.device
    }
    let found = described.map { device in
      let missing = device.description.missingFeatures
      return device.description.name
        + (missing.isEmpty ? "" : " (lacks \(missing.joined(separator: ", ")))")
    }
    throw VulkanError(
      .noDevice,
      "No Vulkan device \(name.map { "named '\($0)'" } ?? "that can be used") was found; found"
        + " \(found.isEmpty ? "none" : found.joined(separator: ", ")). Install or update your"
        + " graphics driver, or compute on the CPU with --device cpu.")
  }

  /// The device and its driver.
  public var name: String { "Vulkan (\(device.name), \(device.driver))" }

  /// Rounded factors take as long as others: they are stored in single precision.
  public func hasFastProducts(in precision: ProductPrecision) -> Bool { precision == .float32 }

  /// Waits until all work is done.
  public func synchronize() { recorder.wait(for: recorder.submit()) }

  /// A ``VulkanError`` that names the operation.
  public var failure: (any Error)? { recorder.device.failure.error }

  /// What the driver would still give, and what the arenas hold and do not use.
  public var availableMemory: Int? {
    let arenas = [ownWeights, ownActivations]
    let kept = arenas.reduce(0) { $0 + $1.heldByteCount - $1.usedByteCount }
    let limited = memoryLimit.map { max(0, $0 - arenas.reduce(0) { $0 + $1.usedByteCount }) }
    return [physical.freeMemory.map { $0 + kept }, limited].compactMap { $0 }.min()
  }

  /// Bytes that were in use at once at most.
  package var peakByteCount: Int { ownWeights.mostUsedByteCount + ownActivations.mostUsedByteCount }

  /// Memory for packed weights; in a recording its own, for they are packed again in each replay.
  package var weights: Arena { recording?.memory ?? ownWeights }

  /// Memory for results; in a recording its own.
  package var activations: Arena { recording?.memory ?? ownActivations }

  /// Seconds of every operation since the last call; empty unless profiles were asked for.
  package func takeTimes() -> OperationTimes { recorder.takeTimes() }
}

extension Device {
  /// A graphics device that Vulkan offers.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - profiles: Whether the time of every operation is measured.
  ///   - validation: Where the messages of Vulkan's validation layer go; absent, it is not loaded.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public static func vulkan(
    named name: String? = nil, profiles: Bool = false,
    validation: (@Sendable (String) -> Void)? = nil
  ) throws -> Device {
    Device(try VulkanBackend(named: name, profiles: profiles, validation: validation))
  }
}
