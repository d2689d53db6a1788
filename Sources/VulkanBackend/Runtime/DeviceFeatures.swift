import CVulkan

/// The features that this backend needs, those of any desktop device with Vulkan 1.2, and the ones that
/// it uses where they are.
struct DeviceFeatures: Sendable {
  /// The names of those that it needs and a device lacks.
  let missing: [String]
  /// Whether shaders read and write single halves.
  let has16BitStorage: Bool
  /// Whether shaders reach matrix units.
  let hasUnits: Bool
  /// Whether they multiply bf16.
  let hasBFloat16Units: Bool
  /// Whether they multiply multiples of their extents at once.
  let hasFlexibleUnits: Bool
  private let version: UInt32

  /// Asks a device.
  init(
    _ device: VkPhysicalDevice, _ functions: InstanceFunctions, version: UInt32,
    extensions: Set<String>
  ) {
    self.version = version
    let reported =
      version < Instance.version
      ? nil
      : CValues.with { values in
        let chain = FeatureChain(values, version: version, extensions: extensions)
        functions.getPhysicalDeviceFeatures2(device, chain.all)
        return Reported(chain)
      }
    missing = reported?.missing ?? ["Vulkan 1.2"]
    has16BitStorage = reported?.has16BitStorage ?? false
    hasUnits = reported?.hasUnits ?? false
    hasBFloat16Units = hasUnits && reported?.hasBFloat16Units ?? false
    hasFlexibleUnits = hasUnits && reported?.hasFlexibleUnits ?? false
  }

  /// Names of the extensions to open the device with.
  var extensions: [String] {
    (hasUnits ? [Extension.units] : []) + (hasFlexibleUnits ? [Extension.units2] : [])
      + (hasBFloat16Units ? [Extension.bfloat16] : [])
  }

  /// A chain that asks for them, to open a device with.
  func enabled(_ values: CValues) -> UnsafeRawPointer {
    let chain = FeatureChain(
      values, version: hasUnits ? version : Instance.version, extensions: Set(extensions))
    chain.core12.pointee.bufferDeviceAddress = 1
    chain.core12.pointee.timelineSemaphore = 1
    if has16BitStorage {
      chain.all.pointee.features.shaderInt16 = 1
      chain.core11.pointee.storageBuffer16BitAccess = 1
    }
    if hasUnits {
      chain.core12.pointee.shaderFloat16 = 1
      chain.core12.pointee.vulkanMemoryModel = 1
      chain.core12.pointee.vulkanMemoryModelDeviceScope = 1
      chain.core13?.pointee.maintenance4 = 1
      chain.core13?.pointee.subgroupSizeControl = 1
      chain.core13?.pointee.computeFullSubgroups = 1
      chain.units?.pointee.cooperativeMatrix = 1
    }
    chain.units2?.pointee.cooperativeMatrixFlexibleDimensions = 1
    chain.bfloat16?.pointee.shaderBFloat16Type = 1
    chain.bfloat16?.pointee.shaderBFloat16CooperativeMatrix = 1
    return UnsafeRawPointer(chain.all)
  }
}

/// What a device answered.
private struct Reported {
  let missing: [String]
  let has16BitStorage, hasUnits, hasBFloat16Units, hasFlexibleUnits: Bool

  init(_ chain: FeatureChain) {
    let core12 = chain.core12.pointee
    missing = [
      ("bufferDeviceAddress", core12.bufferDeviceAddress),
      ("timelineSemaphore", core12.timelineSemaphore),
    ].filter { $0.1 == 0 }.map(\.0)
    has16BitStorage =
      chain.all.pointee.features.shaderInt16 == 1
      && chain.core11.pointee.storageBuffer16BitAccess == 1
    hasUnits =
      [
        chain.units?.pointee.cooperativeMatrix, core12.shaderFloat16, core12.vulkanMemoryModel,
        core12.vulkanMemoryModelDeviceScope, chain.core13?.pointee.maintenance4,
        chain.core13?.pointee.subgroupSizeControl, chain.core13?.pointee.computeFullSubgroups,
      ].allSatisfy { $0 == 1 }
    hasBFloat16Units =
      chain.bfloat16?.pointee.shaderBFloat16Type == 1
      && chain.bfloat16?.pointee.shaderBFloat16CooperativeMatrix == 1
    hasFlexibleUnits = chain.units2?.pointee.cooperativeMatrixFlexibleDimensions == 1
  }
}
