import CPUKernelInterface

// Products with so few outputs that a panel of weights would be mostly empty, as of an autoencoder's last convolution: a
// register holds operands of one sum here, and not one operand of several sums.

extension Kernels {
  /// Whether a result's outputs are few, and its sums fill whole registers.
  @inline(always)
  static func hasFewOutputs<F: Operands>(_: F.Type, _ arguments: ConvolutionArguments) -> Bool {
    !F.sumsAreIntegers && !arguments.isGated && 4 * arguments.outputs <= tileColumns
      && arguments.taps * F.words(arguments.channels) % Lanes.scalarCount == 0
  }
}

extension RowBlock {
  /// Computes all outputs of the rows. `depth` is that of the window, `weight` a packed weight.
  func multiplyFewOutputs(_ weight: UnsafePointer<Word>, depth: Int) {
    let (outputs, size) = (arguments.outputs, min(depth, Kernels.blockDepth))
    withUnsafeTemporaryAllocation(of: Word.self, capacity: outputs * size) { memory in
      guard let outputRows = memory.baseAddress else { return }
      for start in Swift.stride(from: 0, to: depth, by: Kernels.blockDepth) {
        let block = start..<min(start + Kernels.blockDepth, depth)
        packInputs(block)
        let width = Kernels.packedWidth(outputs)
        let panel = weight + Kernels.packedRow(start, depth: depth, width: width, panel: 0)
        for output in 0..<outputs {
          let row = outputRows + output * size
          for d in 0..<block.count { row[d] = panel[d * Kernels.tileColumns + output] }
          multiply(row, block, output)
        }
      }
      finish()
    }
  }

  /// Adds the products of the packed inputs, words `block` of a window, and the weights of one output.
  private func multiply(_ weight: UnsafePointer<Word>, _ block: Range<Int>, _ output: Int) {
    for row in Swift.stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      let sums = sums + row * Kernels.tileColumns + output
      if block.lowerBound == 0 {
        for row in 0..<Self.rowsAtOnce { sums[row * Kernels.tileColumns] = 0 }
      }
      add(row, weight, depth: block.count, to: sums)
    }
  }

  /// Divides the rows of every tile.
  private static var rowsAtOnce: Int { 6 }

  private func add(
    _ row: Int, _ weight: UnsafePointer<Word>, depth: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    let inputs = UnsafePointer(inputs + row * stride)
    // Named variables, because an array of them would live in memory.
    var s0 = Lanes(), s1 = Lanes(), s2 = Lanes(), s3 = Lanes(), s4 = Lanes(), s5 = Lanes()
    for d in Swift.stride(from: 0, to: depth, by: Lanes.scalarCount) {
      let weight = Lanes(weight + d)
      s0 = F.add(s0, Lanes(inputs + d), weight)
      s1 = F.add(s1, Lanes(inputs + stride + d), weight)
      s2 = F.add(s2, Lanes(inputs + 2 * stride + d), weight)
      s3 = F.add(s3, Lanes(inputs + 3 * stride + d), weight)
      s4 = F.add(s4, Lanes(inputs + 4 * stride + d), weight)
      s5 = F.add(s5, Lanes(inputs + 5 * stride + d), weight)
    }
    let width = Kernels.tileColumns
    sums[0] += s0.sumOfPairs
    sums[width] += s1.sumOfPairs
    sums[2 * width] += s2.sumOfPairs
    sums[3 * width] += s3.sumOfPairs
    sums[4 * width] += s4.sumOfPairs
    sums[5 * width] += s5.sumOfPairs
  }

  private func finish() {
    for tile in Swift.stride(from: 0, to: rows.count, by: Kernels.tileRows) {
      let first = rows.lowerBound + tile
      Kernels.finish(
        arguments, sums + tile * Kernels.tileColumns, stride: Kernels.tileColumns,
        first..<min(first + Kernels.tileRows, rows.upperBound), 0..<arguments.outputs,
        corners: corners + tile)
    }
  }
}
