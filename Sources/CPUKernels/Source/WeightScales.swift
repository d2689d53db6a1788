import CPUKernelInterface

/// What stands behind a packed weight of integers: for each step the scale of each output; then, where inputs have zeros,
/// for each step what its numbers add up to.
struct WeightScales {
  let scales: UnsafePointer<Float>
  let sums: UnsafePointer<Float>?

  /// Those of one step and some outputs.
  @inline(always)
  init<F: Operands>(
    _: F.Type, _ arguments: ConvolutionArguments, step: Int, _ columns: Range<Int>
  ) {
    let width = Kernels.packedWidth(arguments.outputs) * Kernels.panelsAtOnce(arguments)
    let depth = arguments.taps * F.words(arguments.channels)
    let steps = F.steps(words: depth)
    scales = arguments.weight + (depth + step) * width + columns.lowerBound
    let hasSums = F.scaleRows(depth: depth) == 2 * steps
    sums = hasSums ? scales + steps * width : nil
  }
}
