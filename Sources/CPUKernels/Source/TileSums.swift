import CPUKernelInterface

/// Where the sums of a tile begin and where they go. All pointers are to the tile's first element.
struct TileSums {
  /// What the products are added to, rows `startStride` floats apart; nothing stands for zeros.
  var start: UnsafePointer<Float>?
  var startStride: Int
  /// Added to each row.
  var bias: UnsafePointer<Float>?
  /// What is written, rows `endStride` floats apart.
  var end: UnsafeMutablePointer<Float>
  var endStride: Int

  /// Sums kept in memory, `tileColumns` floats a row.
  ///
  /// - Parameter accumulates: Whether they stand there already.
  @inline(always)
  init(_ sums: UnsafeMutablePointer<Float>, accumulates: Bool) {
    start = accumulates ? UnsafePointer(sums) : nil
    (startStride, bias) = (Kernels.tileColumns, nil)
    (end, endStride) = (sums, Kernels.tileColumns)
  }
}
