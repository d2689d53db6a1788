import CPUKernelInterface

/// The codes of the inputs of some result rows.
struct InputCodes {
  private let codes: UnsafeMutablePointer<IntegerCode>
  /// Scales, and `−scale · zero`, of whole tiles of rows.
  private let scales, offsets: UnsafeMutablePointer<Float>

  /// Bytes that the codes of some rows take.
  static func size(rows: Int) -> Int {
    rows * MemoryLayout<IntegerCode>.stride
      + 2 * Kernels.wholeTiles(rows) * MemoryLayout<Float>.stride
  }

  /// Finds the codes of the windows at some corners.
  init<F: Operands>(
    _: F.Type, _ arguments: ConvolutionArguments, _ corners: UnsafePointer<Corner>, _ rows: Int,
    _ memory: UnsafeMutableRawPointer
  ) {
    codes = memory.assumingMemoryBound(to: IntegerCode.self)
    scales = UnsafeMutableRawPointer(codes + rows).assumingMemoryBound(to: Float.self)
    offsets = scales + Kernels.wholeTiles(rows)
    for row in 0..<rows {
      let code = F.code(arguments, corners[row])
      codes[row] = code
      scales[row] = code.scale
      offsets[row] = -code.scale * code.zero
    }
  }

  @inline(always)
  subscript(row: Int) -> IntegerCode { codes[row] }

  /// What makes numbers of the sums of the tile from row `first` on.
  @inline(always)
  func scale(_ first: Int, _ weights: WeightScales?) -> TileScale? {
    weights.map {
      TileScale(
        rows: UnsafePointer(scales + first), columns: $0.scales,
        rowOffsets: UnsafePointer(offsets + first), columnSums: $0.sums)
    }
  }
}
