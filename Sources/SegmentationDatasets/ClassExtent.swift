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
    var pixels = [Int](repeating: 0, count: 256)
    var firsts: [(id: UInt8, place: Int)] = []
    mask.forEachRun { id, places in
      if pixels[Int(id)] == 0 { firsts.append((id, places.lowerBound)) }
      pixels[Int(id)] += places.count
    }
    return Dictionary(
      uniqueKeysWithValues: firsts.map { id, place in
        (id, ClassExtent(pixels: pixels[Int(id)], first: place))
      })
  }
}
