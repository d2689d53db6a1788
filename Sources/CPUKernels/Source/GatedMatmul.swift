package import CPUKernelInterface

extension Kernels {
  package static func canGate(outputs: Int, channels: Int, operands: ProductOperands) -> Bool {
    outputs % tileColumns == 0 && self.operands(of: operands).words(channels) <= blockDepth
  }
}

extension RowBlock {
  /// Computes `(v + bias) · gelu(g + bias)` of one panel, from inputs that are packed whole.
  func multiplyGated(
    values: UnsafePointer<Word>, gates: UnsafePointer<Word>, depth: Int, panel: Int
  ) {
    let columns = panel * Kernels.tileColumns..<(panel + 1) * Kernels.tileColumns
    let gateColumns =
      columns.lowerBound + arguments.outputs..<columns.upperBound + arguments.outputs
    let gateSums = sums + Kernels.wholeTiles(rows.count) * Kernels.tileColumns
    sum(values, depth: depth, columns, into: sums)
    sum(gates, depth: depth, gateColumns, into: gateSums)
    for row in 0..<rows.count {
      let target = arguments.y + (rows.lowerBound + row) * arguments.outputs + columns.lowerBound
      for lane in Swift.stride(from: 0, to: Kernels.tileColumns, by: Lanes.scalarCount) {
        let sum = row * Kernels.tileColumns + lane
        let gate = gelu(Lanes(UnsafePointer(gateSums + sum)))
        (Lanes(UnsafePointer(sums + sum)) * gate).store(target + lane)
      }
    }
  }

  /// Leaves the products of a panel, and its bias, in `sums`.
  private func sum(
    _ weight: UnsafePointer<Word>, depth: Int, _ columns: Range<Int>,
    into sums: UnsafeMutablePointer<Float>
  ) {
    for start in Swift.stride(from: 0, to: depth, by: F.stepDepth) {
      multiply(
        weight + start * Kernels.tileColumns, start..<min(start + F.stepDepth, depth),
        columns, scales: scales(columns, word: start), into: sums, accumulates: start > 0,
        isPlain: true, finishes: false)
    }
  }
}
