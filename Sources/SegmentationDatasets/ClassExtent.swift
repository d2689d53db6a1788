public import ImageFiles

/// Where a class is in a mask.
public struct ClassExtent: Sendable, Hashable {
  /// How many pixels it has.
  public let pixels: Int
  /// The place of the first of them, row by row from above, each from the left.
  public let first: Int

  /// Describes a class's pixels.
  public init(pixels: Int, first: Int) { (self.pixels, self.first) = (pixels, first) }

  /// The extents of all ids of a mask.
  public static func all(in mask: LabelImage) -> [UInt8: ClassExtent] {
    let counts = mask.histogram()
    var found: [UInt8: ClassExtent] = [:]
    var last: UInt8?
    for (place, id) in mask.ids.enumerated() where id != last {
      last = id
      if found[id] == nil { found[id] = ClassExtent(pixels: counts[Int(id)], first: place) }
    }
    return found
  }
}
