/// Deformable attention over raw memory. Legend: N samples, L queries, S pixels of all maps, C = heads·size channels.
package struct DeformableArguments: @unchecked Sendable {
  /// One of the maps.
  package struct Level {
    /// Its first pixel among those of all maps.
    package var start: Int
    package var width, height: Int

    package init(start: Int, width: Int, height: Int) {
      (self.start, self.width, self.height) = (start, width, height)
    }
  }

  /// `[N, S, C]`.
  package var values: UnsafePointer<Float>
  /// `[L, 2]`.
  package var places: UnsafePointer<Float>
  /// `[N, L, heads, levels, points, 2]`.
  package var offsets: UnsafePointer<Float>
  /// `[N, L, heads, levels, points]`.
  package var weights: UnsafePointer<Float>
  /// `[N, L, C]`.
  package var y: UnsafeMutablePointer<Float>
  package var pixels, queries, heads, headSize, points: Int
  package var levels: [Level]

  package init(
    values: UnsafePointer<Float>, places: UnsafePointer<Float>, offsets: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, pixels: Int, queries: Int,
    heads: Int, headSize: Int, points: Int, levels: [Level]
  ) {
    (self.values, self.places, self.offsets) = (values, places, offsets)
    (self.weights, self.y) = (weights, y)
    (self.pixels, self.queries, self.heads) = (pixels, queries, heads)
    (self.headSize, self.points, self.levels) = (headSize, points, levels)
  }

  /// C, the channels of a row.
  package var channels: Int { heads * headSize }
}
