import CVulkan
public import Faults
import Synchronization
public import Tensors

/// Computes on a graphics device, through compute shaders.
///
/// Operations are recorded and submitted in batches; a read waits for them. Operations do not throw: a
/// device that is lost or runs out of memory has a ``failure``, and does nothing from then on.
/// Unsafe memory is reached in this module only; `Tensors` has checked every shape before.
public final class VulkanBackend: Backend {
  /// The device in use.
  public let device: VulkanDevice
  let recorder: Recorder
  let pipelines: Pipelines
  let products: MatrixProducts
  let staging: StagingRing
  package let ownWeights: Arena
  package let ownActivations: Arena
  let options: VulkanOptions
  let recordings = Atomic(0)
  /// Where shaders report what is wrong with numbers they got; see ``checkFault()``.
  let fault: DeviceBuffer

  /// Opens a device.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - options: How it is used.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public init(named name: String? = nil, _ options: VulkanOptions = VulkanOptions()) throws {
    self.options = options
    let physical = try Self.choose(name, Instance(validation: options.validation))
    products = try MatrixProducts(
      physical, options.matrixUnits, fragmentRows: options.fragmentRows)
    let logical = try LogicalDevice(physical, memoryLimit: options.memoryLimit)
    device = VulkanDevice(physical)
    pipelines = try Pipelines(logical)
    let recorder = try Recorder(logical, layout: pipelines.layout, profiles: options.profiles)
    self.recorder = recorder
    staging = try StagingRing(logical, recorder)
    let settle: @Sendable () -> Void = { recorder.finish() }
    ownWeights = Arena(
      logical, options.streamsWeights ? .shared : .device, blockSize: 1 << 26, settle: settle)
    ownActivations = Arena(logical, blockSize: 1 << 26, settle: settle)
    fault = try DeviceBuffer(logical, byteCount: 256, .shared, for: "a report of faults")
    fault.host?.storeBytes(of: 0, as: UInt32.self)
  }

  /// Memory must not go before the work that uses it is done.
  deinit { recorder.finish() }

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
        + " graphics driver, or compute on the CPU.", remedies: [VulkanError.processor])
  }

  /// `vulkan`.
  public var kind: String { "vulkan" }

  /// The device and its driver.
  public var name: String { "Vulkan (\(device.name), \(device.driver))" }

  /// Every device multiplies all but integers: without matrix units, in single precision.
  public func supports(_ precision: ProductPrecision) -> Bool { !precision.isInteger }

  /// Half operands take half the memory's time, and matrix units multiply them.
  public func hasFastProducts(in precision: ProductPrecision) -> Bool { supports(precision) }

  /// Waits until all work is done.
  public func synchronize() { recorder.finish() }

  /// A ``VulkanError`` that names the operation.
  public var failure: (any Fault)? { recorder.device.failure.error }

  /// The arenas of the device's own memory.
  private var deviceArenas: [Arena] {
    options.streamsWeights ? [ownActivations] : [ownActivations, ownWeights]
  }

  /// What the driver would still give, and what the arenas hold and do not use.
  public var availableMemory: Int? {
    let kept = deviceArenas.reduce(0) { $0 + $1.heldByteCount - $1.usedByteCount }
    let device = recorder.device
    return [device.physical.freeMemory, device.memoryLimit.left].compactMap { $0 }.min()
      .map { $0 + kept }
  }

  /// Whether weights stay in the processor's memory.
  public var streamsWeights: Bool { options.streamsWeights }

  /// Bytes of the device's memory that were in use at once at most.
  package var peakByteCount: Int { deviceArenas.reduce(0) { $0 + $1.mostUsedByteCount } }

  /// Memory for packed weights; in a recording its own, for they are packed again in each replay.
  var weights: any MemorySource { recording?.memory ?? ownWeights }

  /// Memory for results; in a recording its own.
  var activations: any MemorySource { recording?.memory ?? ownActivations }

  /// Seconds of every operation since the last call; empty unless profiles were asked for.
  package func takeTimes() -> OperationTimes { recorder.takeTimes() }
}

extension Device {
  /// A graphics device that Vulkan offers.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - options: How it is used.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public static func vulkan(
    named name: String? = nil, _ options: VulkanOptions = VulkanOptions()
  ) throws -> Device {
    Device(try VulkanBackend(named: name, options))
  }
}
