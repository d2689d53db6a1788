import CVulkan
import Synchronization
public import TensorCore

/// Computes on a graphics device, through compute shaders.
///
/// Operations are recorded and submitted in batches; a read waits for them. A device that is lost or
/// runs out of memory ends the program with a ``VulkanError``'s message, for operations do not throw.
/// Unsafe memory is reached in this module only; `TensorCore` has checked every shape before.
public final class VulkanBackend: Backend {
  /// The device in use.
  public let device: VulkanDevice
  let recorder: Recorder
  let pipelines: Pipelines
  let products: MatrixProducts
  let staging: StagingRing
  package let weights: Arena
  package let activations: Arena
  /// Where shaders report what is wrong with numbers they got; see ``checkFault()``.
  let fault: DeviceBuffer

  /// Opens a device.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - matrixUnits: How matrix units are used; by `VK_KHR_cooperative_matrix`, where it is there,
  ///     when absent.
  ///   - profiles: Whether the time of every operation is measured.
  ///   - validation: Where the messages of Vulkan's validation layer go; absent, it is not loaded.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public convenience init(
    named name: String? = nil, matrixUnits: MatrixUnits? = nil, profiles: Bool = false,
    validation: (@Sendable (String) -> Void)? = nil
  ) throws {
    try self.init(
      named: name, matrixUnits: matrixUnits, fragmentRows: [16, 8], profiles: profiles,
      validation: validation)
  }

  /// Opens a device whose matrix units multiply fragments of some numbers of rows, the best first.
  package init(
    named name: String? = nil, matrixUnits: MatrixUnits?, fragmentRows: [Int],
    profiles: Bool = false, validation: (@Sendable (String) -> Void)? = nil
  ) throws {
    let physical = try Self.choose(name, Instance(validation: validation))
    products = try MatrixProducts(physical, matrixUnits, fragmentRows: fragmentRows)
    let logical = try LogicalDevice(physical)
    device = VulkanDevice(physical)
    pipelines = try Pipelines(logical)
    let recorder = try Recorder(logical, layout: pipelines.layout, profiles: profiles)
    self.recorder = recorder
    staging = try StagingRing(logical, recorder)
    let settle: @Sendable () -> Void = { recorder.wait(for: recorder.submit()) }
    weights = Arena(logical, blockSize: 1 << 26, settle: settle)
    activations = Arena(logical, blockSize: 1 << 26, settle: settle)
    fault = try DeviceBuffer(logical, byteCount: 256, .shared, for: "a report of faults")
    fault.host?.storeBytes(of: 0, as: UInt32.self)
  }

  /// Memory must not go before the work that uses it is done.
  deinit { recorder.wait(for: recorder.submit()) }

  private static func choose(_ name: String?, _ instance: Instance) throws -> PhysicalDevice {
    let all = try PhysicalDevice.all(of: instance)
    let described = all.map { (device: $0, description: VulkanDevice($0)) }
    let usable = described.filter { $0.description.missingFeatures.isEmpty }
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

  /// Every device multiplies every precision: without matrix units, in single precision.
  public func supports(_ precision: ProductPrecision) -> Bool { true }

  /// Half factors take half the memory's time, and matrix units multiply them.
  public func hasFastProducts(in precision: ProductPrecision) -> Bool { true }

  /// Seconds of every operation since the last call; empty unless profiles were asked for.
  package func takeTimes() -> OperationTimes { recorder.takeTimes() }
}

extension Device {
  /// A graphics device that Vulkan offers.
  ///
  /// - Parameters:
  ///   - name: A part of the device's name; the fastest kind of device when absent.
  ///   - matrixUnits: How matrix units are used; by `VK_KHR_cooperative_matrix`, where it is there,
  ///     when absent.
  ///   - profiles: Whether the time of every operation is measured.
  ///   - validation: Where the messages of Vulkan's validation layer go; absent, it is not loaded.
  /// - Throws: ``VulkanError`` when there is no such device or it lacks something.
  public static func vulkan(
    named name: String? = nil, matrixUnits: MatrixUnits? = nil, profiles: Bool = false,
    validation: (@Sendable (String) -> Void)? = nil
  ) throws -> Device {
    Device(
      try VulkanBackend(
        named: name, matrixUnits: matrixUnits, profiles: profiles, validation: validation))
  }
}
