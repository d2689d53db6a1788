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
  /// What sums of integers are multiplied by; absent for other operands.
  var scale: TileScale?

  /// Sums kept in memory, `tileColumns` floats a row.
  ///
  /// - Parameter accumulates: Whether they stand there already.
  @inline(always)
  init(_ sums: UnsafeMutablePointer<Float>, accumulates: Bool) {
    start = accumulates ? UnsafePointer(sums) : nil
    (startStride, bias) = (Kernels.tileColumns, nil)
    (end, endStride) = (sums, Kernels.tileColumns)
  }

  /// What row `row` begins with.
  @inline(always)
  func start(_ row: Int) -> UnsafePointer<Float>? { start.map { $0 + row * startStride } }
}

/// What makes numbers of a tile's sums of integers s[i, j] of inputs and weights.
///
///     columns[j] · rows[i] · s[i, j] + rowOffsets[i] · columnSums[j]
///
/// Inputs that are `rows[i] · (integer − zero[i])` have the offset `−rows[i] · zero[i]`, times the sum of the
/// weights that they met.
struct TileScale {
  var rows, columns: UnsafePointer<Float>
  var rowOffsets, columnSums: UnsafePointer<Float>?
}
