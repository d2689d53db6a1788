package import CPUKernelInterface

extension Kernels {
  package static func finish(_ arguments: ConvolutionArguments, rows: Range<Int>) {
    let outputs = arguments.outputs
    finish(
      arguments, arguments.y + rows.lowerBound * outputs, stride: outputs, rows, 0..<outputs,
      corners: nil)
  }

  /// Applies the epilogue to the sums of some rows, `stride` floats apart, and writes the results.
  ///
  /// - Parameter corners: Where the rows go, if not to the rows of the result with their numbers.
  @inline(never)
  static func finish(
    _ arguments: ConvolutionArguments, _ sums: UnsafePointer<Float>, stride: Int,
    _ rows: Range<Int>, _ columns: Range<Int>, corners: UnsafePointer<Corner>?
  ) {
    let pixels = arguments.outHeight * arguments.outWidth
    withActivation(arguments.epilogue.activation) { apply in
      for row in rows {
        let target = corners.map { $0[row - rows.lowerBound].target } ?? row
        let sum = sums + (row - rows.lowerBound) * stride
        forEachLanes(columns.count) { c, lanes in
          finish(
            load(sum + c, lanes), arguments, sample: row / pixels, row: target,
            column: columns.lowerBound + c, lanes, apply)
        }
      }
    }
  }

  /// Writes `act(v + bias + shift) + residual` for some outputs of one pixel.
  @inline(always)
  static func finish(
    _ sum: Lanes, _ arguments: ConvolutionArguments, sample: Int, row: Int, column: Int,
    _ lanes: Int, _ apply: (Lanes) -> Lanes
  ) {
    let (epilogue, outputs) = (arguments.epilogue, arguments.outputs)
    let start = row * outputs + column
    var v = sum
    if let bias = epilogue.bias { v += load(bias + column, lanes) }
    if let shift = epilogue.shift { v += load(shift + sample * outputs + column, lanes) }
    v = apply(v)
    if let residual = epilogue.residual { v += load(residual + start, lanes) }
    store(v, arguments.y + start, lanes)
  }

  @inline(always)
  static func load(
    _ pointer: UnsafePointer<Float>, _ lanes: Int, padding: Float = 0
  ) -> Lanes {
    lanes == Lanes.scalarCount
      ? Lanes(pointer) : Lanes(pointer, count: lanes, padding: padding)
  }

  @inline(always)
  static func store(_ value: Lanes, _ pointer: UnsafeMutablePointer<Float>, _ lanes: Int) {
    lanes == Lanes.scalarCount ? value.store(pointer) : value.store(pointer, count: lanes)
  }
}
