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
  init(
    _ arguments: ConvolutionArguments, _ corners: UnsafePointer<Corner>, _ rows: Int,
    _ memory: UnsafeMutableRawPointer
  ) {
    codes = memory.assumingMemoryBound(to: IntegerCode.self)
    scales = UnsafeMutableRawPointer(codes + rows).assumingMemoryBound(to: Float.self)
    offsets = scales + Kernels.wholeTiles(rows)
    for row in 0..<rows {
      var range = NumberRange()
      for tap in 0..<arguments.taps {
        guard let pixel = arguments.pixel(corners[row], tap: tap) else { continue }
        range.include(pixel, count: arguments.channels)
      }
      let code = range.byteCode
      codes[row] = code
      scales[row] = code.scale
      offsets[row] = -code.scale * code.zero
    }
  }

  @inline(always)
  subscript(row: Int) -> IntegerCode { codes[row] }

  /// What the sums of the tile from row `first` on are multiplied by.
  @inline(always)
  func scale(_ first: Int, _ weights: WeightScales?) -> TileScale? {
    weights.map {
      TileScale(
        rows: UnsafePointer(scales + first), columns: $0.scales,
        rowOffsets: UnsafePointer(offsets + first), columnSums: $0.sums)
    }
  }
}

/// What stands behind a packed weight of integers: the scale of each output, then for each step the sums of
/// its numbers.
struct WeightScales {
  let scales, sums: UnsafePointer<Float>

  /// Rows of `packedWidth` floats that the scales take.
  static func rows(depth: Int) -> Int { 1 + Int8Operands.steps(words: depth) }

  /// Those of one step and some outputs.
  @inline(always)
  init(_ arguments: ConvolutionArguments, step: Int, _ columns: Range<Int>) {
    let width = Kernels.packedWidth(arguments.outputs) * Kernels.panelsAtOnce(arguments)
    let depth = arguments.taps * Int8Operands.words(arguments.channels)
    scales = arguments.weight + width * depth + columns.lowerBound
    sums = scales + (1 + step) * width
  }
}
