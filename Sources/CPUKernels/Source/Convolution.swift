package import CPUKernelInterface

// Legend: M result rows (pixels of all samples), D words summed for a result, N outputs.
// A result is summed in the order of D, step after step, whatever rows and panels a call gets.

extension Kernels {
  package static func convolveScratch(_ arguments: ConvolutionArguments, rows: Int) -> Int {
    let depth = arguments.taps * wordCount(arguments.channels, arguments.precision)
    return MemoryLayout<Word>.stride
      * wholeTiles(rows) * (paddedRow(min(depth, blockDepth)) + tileColumns)
      + MemoryLayout<Corner>.stride * rows
  }

  package static func convolve(
    _ arguments: ConvolutionArguments, rows: Range<Int>, panels: Range<Int>,
    scratch: UnsafeMutableRawPointer
  ) {
    switch arguments.precision {
    case .single: convolve(SingleFactors.self, arguments, rows, panels, scratch)
    case .bfloat16: convolve(BFloat16Factors.self, arguments, rows, panels, scratch)
    }
  }

  private static func convolve<F: Factors>(
    _: F.Type, _ arguments: ConvolutionArguments, _ rows: Range<Int>, _ panels: Range<Int>,
    _ scratch: UnsafeMutableRawPointer
  ) {
    let depth = arguments.taps * F.words(arguments.channels)
    let block = RowBlock<F>(arguments, rows, stride: paddedRow(min(depth, blockDepth)), scratch)
    let width = packedWidth(arguments.outputs)
    for start in stride(from: 0, to: depth, by: blockDepth) {
      let end = min(start + blockDepth, depth)
      block.packInputs(start..<end)
      for panel in panels {
        block.multiply(
          arguments.weight + packedRow(start, depth: depth, width: width, panel: panel),
          depth: end - start, panel: panel, isFirst: start == 0, isLast: end == depth)
      }
    }
  }
}
