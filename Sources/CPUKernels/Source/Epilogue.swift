package import CPUKernelInterface

extension Kernels {
  package static func finish(_ arguments: ConvolutionArguments, rows: Range<Int>) {
    finish(
      arguments, row: rows.lowerBound, rows: rows.count, column: 0, columns: arguments.outputs)
  }

  /// Applies the epilogue to a rectangle of the result while it is still in the cache.
  @inline(never)
  static func finish(
    _ arguments: ConvolutionArguments, row: Int, rows: Int, column: Int, columns: Int
  ) {
    let epilogue = arguments.epilogue
    if epilogue.bias == nil && epilogue.shift == nil && epilogue.residual == nil
      && epilogue.activation == .identity
    {
      return
    }
    let (outputs, pixels) = (arguments.outputs, arguments.outHeight * arguments.outWidth)
    withActivation(epilogue.activation) { apply in
      for r in row..<row + rows {
        let start = r * outputs + column
        let shift = epilogue.shift.map { $0 + r / pixels * outputs + column }
        let y = arguments.y + start
        forEachLanes(columns) { c, lanes in
          var v = load(UnsafePointer(y + c), lanes)
          if let bias = epilogue.bias { v += load(bias + column + c, lanes) }
          if let shift { v += load(shift + c, lanes) }
          v = apply(v)
          if let residual = epilogue.residual { v += load(residual + start + c, lanes) }
          store(v, y + c, lanes)
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
