package import CPUKernelInterface

// Legend: M result rows (pixels of all samples), D words summed for a result, N outputs.
// A result is summed in the order of D, step after step, whatever rows and panels a call gets.

extension Kernels {
  /// Panels of weights that make one panel of results.
  static func panelsAtOnce(_ arguments: ConvolutionArguments) -> Int { arguments.isGated ? 2 : 1 }

  package static func convolveScratch(_ arguments: ConvolutionArguments, rows: Int) -> Int {
    let operands = operands(of: arguments.operands)
    let depth = arguments.taps * operands.words(arguments.channels)
    return MemoryLayout<Word>.stride
      * wholeTiles(rows)
      * (paddedRow(min(depth, blockDepth)) + panelsAtOnce(arguments) * tileColumns)
      + MemoryLayout<Corner>.stride * rows
      + (operands.sumsAreIntegers ? InputCodes.size(rows: rows) : 0)
  }

  package static func convolve(
    _ arguments: ConvolutionArguments, rows: Range<Int>, panels: Range<Int>,
    scratch: UnsafeMutableRawPointer
  ) {
    switch arguments.operands {
    case .floats(.single): convolve(SingleOperands.self, arguments, rows, panels, scratch)
    case .floats(.bfloat16): convolve(BFloat16Operands.self, arguments, rows, panels, scratch)
    case .integers(.int8): convolve(Int8Operands.self, arguments, rows, panels, scratch)
    case .integers(.int16): convolve(Int16Operands.self, arguments, rows, panels, scratch)
    }
  }

  private static func convolve<F: Operands>(
    _: F.Type, _ arguments: ConvolutionArguments, _ rows: Range<Int>, _ panels: Range<Int>,
    _ scratch: UnsafeMutableRawPointer
  ) {
    let depth = arguments.taps * F.words(arguments.channels)
    let block = RowBlock<F>(arguments, rows, stride: paddedRow(min(depth, blockDepth)), scratch)
    if hasFewOutputs(F.self, arguments) {
      return block.multiplyFewOutputs(arguments.weight, depth: depth)
    }
    let width = panelsAtOnce(arguments) * packedWidth(arguments.outputs)
    @inline(always)
    func weight(_ start: Int, _ panel: Int) -> UnsafePointer<Word> {
      arguments.weight + packedRow(start, depth: depth, width: width, panel: panel)
    }
    for start in stride(from: 0, to: depth, by: blockDepth) {
      let end = min(start + blockDepth, depth)
      block.packInputs(start..<end)
      for panel in panels {
        if arguments.isGated {
          block.multiplyGated(
            values: weight(0, panel),
            gates: weight(0, panel + arguments.outputs / tileColumns), depth: depth, panel: panel)
        } else {
          block.multiply(
            weight(start, panel), start..<end, panel: panel, isLast: end == depth)
        }
      }
    }
  }
}
