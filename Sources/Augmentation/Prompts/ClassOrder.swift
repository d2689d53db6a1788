public import SegmentationDatasets

/// The order in which a prompt names the classes of an image: what stands first, text encoders heed most.
public enum ClassOrder: String, Codable, Sendable, CaseIterable {
  /// Ascending by id.
  case id
  /// The class of the most pixels first.
  case area
  /// As the mask shows them, row by row from above, each from the left.
  case firstAppearance = "first-appearance"

  /// The classes of a mask in this order; lower ids first among equals.
  public func ids(of extents: [UInt8: ClassExtent]) -> [UInt8] {
    extents.keys.sorted { first, second in
      guard let a = extents[first], let b = extents[second] else { return false }
      return switch self {
      case .id: first < second
      case .area: (-a.pixels, first) < (-b.pixels, second)
      case .firstAppearance: a.first < b.first
      }
    }
  }
}
