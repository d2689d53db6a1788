/// Windows over feature maps, of which each gives one pixel.
package struct PoolArguments: @unchecked Sendable {
  /// `[N, H, W, C]`.
  package var x: UnsafePointer<Float>
  package var height, width, channels: Int
  package var outWidth: Int
  package var windowHeight, windowWidth: Int
  package var stride, top, left: Int
  /// Whether the mean is wanted, and not the largest number.
  package var isMean: Bool
  /// The lines and columns of pixels that a mean is taken over.
  package var countedLines, countedColumns: Range<Int>

  package init(
    x: UnsafePointer<Float>, height: Int, width: Int, channels: Int, outWidth: Int,
    windowHeight: Int, windowWidth: Int, stride: Int, top: Int, left: Int, isMean: Bool,
    countedLines: Range<Int>, countedColumns: Range<Int>
  ) {
    (self.x, self.height, self.width, self.channels) = (x, height, width, channels)
    (self.outWidth, self.windowHeight, self.windowWidth) = (outWidth, windowHeight, windowWidth)
    (self.stride, self.top, self.left, self.isMean) = (stride, top, left, isMean)
    (self.countedLines, self.countedColumns) = (countedLines, countedColumns)
  }
}

/// A line or column that goes into one of a resized map.
package struct ResizeTap: Sendable {
  package var pixel: Int
  package var weight: Float

  package init(pixel: Int, weight: Float) { (self.pixel, self.weight) = (pixel, weight) }
}
