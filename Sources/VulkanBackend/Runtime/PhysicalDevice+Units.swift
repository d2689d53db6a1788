import CVulkan
import Tensors

extension PhysicalDevice {
  /// The products of half operands, summed in single precision, that matrix units compute.
  static func shapes(
    _ device: VkPhysicalDevice, _ instance: Instance, _ features: DeviceFeatures
  ) -> [MatrixShape] {
    if !features.hasUnits { return [] }
    var shapes = fixedShapes(device, instance)
    if features.hasFlexibleUnits { shapes += flexibleShapes(device, instance) }
    return shapes.filter { features.hasBFloat16Units || $0.precision != .bfloat16 }
  }

  private static func fixedShapes(
    _ device: VkPhysicalDevice, _ instance: Instance
  ) -> [MatrixShape] {
    var empty = VkCooperativeMatrixPropertiesKHR()
    empty.sType = VK_STRUCTURE_TYPE_COOPERATIVE_MATRIX_PROPERTIES_KHR
    guard let enumerate = instance.functions.getCooperativeMatrixProperties,
      let all = try? list(empty, { enumerate(device, $0, $1) })
    else { return [] }
    return all.compactMap { found in
      let types = (found.AType, found.BType, found.CType, found.ResultType)
      guard found.scope == VK_SCOPE_SUBGROUP_KHR, let precision = ProductPrecision(types) else {
        return nil
      }
      return MatrixShape(
        rows: Int(found.MSize), columns: Int(found.NSize), depth: Int(found.KSize),
        precision: precision, isFlexible: false)
    }
  }

  private static func flexibleShapes(
    _ device: VkPhysicalDevice, _ instance: Instance
  ) -> [MatrixShape] {
    var empty = VkCooperativeMatrixFlexibleDimensionsPropertiesNV()
    empty.sType = VK_STRUCTURE_TYPE_COOPERATIVE_MATRIX_FLEXIBLE_DIMENSIONS_PROPERTIES_NV
    guard let enumerate = instance.functions.getFlexibleDimensionsProperties,
      let all = try? list(empty, { enumerate(device, $0, $1) })
    else { return [] }
    return all.compactMap { found in
      let types = (found.AType, found.BType, found.CType, found.ResultType)
      guard found.scope == VK_SCOPE_SUBGROUP_KHR, let precision = ProductPrecision(types) else {
        return nil
      }
      return MatrixShape(
        rows: Int(found.MGranularity), columns: Int(found.NGranularity),
        depth: Int(found.KGranularity), precision: precision, isFlexible: true)
    }
  }
}

extension ProductPrecision {
  /// The precision of a product of half operands that is summed in single precision.
  ///
  /// - Parameter types: Those of both operands, the summand and the sum.
  fileprivate init?(
    _ types: (VkComponentTypeKHR, VkComponentTypeKHR, VkComponentTypeKHR, VkComponentTypeKHR)
  ) {
    guard types.0 == types.1, types.2 == VK_COMPONENT_TYPE_FLOAT32_KHR,
      types.3 == VK_COMPONENT_TYPE_FLOAT32_KHR
    else { return nil }
    switch types.0 {
    case VK_COMPONENT_TYPE_FLOAT16_KHR: self = .float16
    case VK_COMPONENT_TYPE_BFLOAT16_KHR: self = .bfloat16
    default: return nil
    }
  }
}
