package import CPUKernelInterface

extension Kernels {
  package static func finish(_ arguments: ConvolutionArguments, rows: Range<Int>) {
    finish(arguments, rows, 0..<arguments.outputs)
  }

  /// Applies the epilogue to a rectangle of sums that stand where the result belongs.
  static func finish(
    _ arguments: ConvolutionArguments, _ rows: Range<Int>, _ columns: Range<Int>
  ) {
    let start = rows.lowerBound * arguments.outputs + columns.lowerBound
    finish(arguments, arguments.y + start, stride: arguments.outputs, rows, columns, corners: nil)
  }

  /// Applies the epilogue to the sums of some rows, `stride` floats apart, and writes the results.
  ///
  /// - Parameter corners: Where the rows go, if not to the rows of the result with their numbers.
  @inline(never)
  static func finish(
    _ arguments: ConvolutionArguments, _ sums: UnsafePointer<Float>, stride: Int,
    _ rows: Range<Int>, _ columns: Range<Int>, corners: UnsafePointer<Corner>?
  ) {
    let epilogue = arguments.epilogue
    let (outputs, pixels) = (arguments.outputs, arguments.outHeight * arguments.outWidth)
    let bias = epilogue.bias.map { $0 + columns.lowerBound }
    withActivation(epilogue.activation) { apply in
      for row in rows {
        let target = corners.map { $0[row - rows.lowerBound].target } ?? row
        let start = target * outputs + columns.lowerBound
        let sum = sums + (row - rows.lowerBound) * stride
        let shift = epilogue.shift.map { $0 + row / pixels * outputs + columns.lowerBound }
        forEachLanes(columns.count) { c, lanes in
          var v = load(sum + c, lanes)
          if let bias { v += load(bias + c, lanes) }
          if let shift { v += load(shift + c, lanes) }
          v = apply(v)
          if let residual = epilogue.residual { v += load(residual + start + c, lanes) }
          store(v, arguments.y + start + c, lanes)
        }
      }
    }
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
