package import CPUKernelInterface

extension Kernels {
  package static func finish(_ arguments: ConvolutionArguments, rows: Range<Int>) {
    let outputs = arguments.outputs
    finish(
      arguments, arguments.y + rows.lowerBound * outputs, stride: outputs, rows, 0..<outputs)
  }

  /// Applies the epilogue to a rectangle of sums, `stride` floats a row, and writes the result.
  @inline(never)
  static func finish(
    _ arguments: ConvolutionArguments, _ sums: UnsafePointer<Float>, stride: Int,
    _ rows: Range<Int>, _ columns: Range<Int>
  ) {
    let epilogue = arguments.epilogue
    let (outputs, pixels) = (arguments.outputs, arguments.outHeight * arguments.outWidth)
    let bias = epilogue.bias.map { $0 + columns.lowerBound }
    withActivation(epilogue.activation) { apply in
      for row in rows {
        let start = row * outputs + columns.lowerBound
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
