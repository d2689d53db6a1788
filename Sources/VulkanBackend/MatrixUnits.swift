public import Tensors

/// How a device's matrix units are reached, the best way last.
public enum MatrixUnits: Int, Sendable, Comparable, CaseIterable, CustomStringConvertible {
  /// They are not: products are computed in single precision.
  case none
  /// Fragments that a subgroup holds, by `VK_KHR_cooperative_matrix`.
  case khr

  /// Whether one way is worse than another.
  public static func < (left: MatrixUnits, right: MatrixUnits) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The name that people are told.
  public var description: String {
    switch self {
    case .none: "none"
    case .khr: "VK_KHR_cooperative_matrix"
    }
  }
}

/// A product that a device's matrix units compute at once, summed in single precision:
/// `[rows, depth]` · `[depth, columns]`.
public struct MatrixShape: Sendable, Hashable, CustomStringConvertible {
  /// Extents of the operands.
  public let rows, columns, depth: Int
  /// Type of the operands.
  public let precision: ProductPrecision
  /// Whether multiples of the extents are computed at once too.
  public let isFlexible: Bool

  /// The extents and the type, such as `16×16×16 fp16`.
  public var description: String {
    "\(rows)×\(columns)×\(depth)\(isFlexible ? " and multiples" : "") \(precision.rawValue)"
  }

  /// Whether the units compute a product of these extents.
  func includes(rows: Int, columns: Int, depth: Int) -> Bool {
    let isMultiple =
      rows % self.rows == 0 && columns % self.columns == 0 && depth % self.depth == 0
    let isSame = rows == self.rows && columns == self.columns && depth == self.depth
    return isFlexible ? isMultiple : isSame
  }
}
