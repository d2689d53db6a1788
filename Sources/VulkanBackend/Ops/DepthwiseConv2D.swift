public import Tensors

private struct DepthwiseArguments {
  var window: Window
  var epilogue: Epilogue
  var weight: UInt64
  var kernelHeight, count, threads: UInt32
}

extension VulkanBackend {
  /// Convolution of every channel with a window of its own, by eights of channels where there are whole
  /// ones.
  public func depthwiseConv2D(
    _ x: Tensor, _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions
  ) {
    if y.shape.count == 0 { return }
    let added = [options.bias, options.shift, options.residual].compactMap { $0 }
    let hasEights = ([x, taps, y] + added).haveEights
    let constants = Constants(
      readsEights: hasEights, writesEights: hasEights, dilation: options.dilation)
    let eights = y.shape.rows * ((y.shape[-1] + 7) / 8)
    let grid = Grid(elements: eights)
    dispatch(
      "depthwiseConv2D",
      DepthwiseArguments(
        window: window(x, weight, into: y, options),
        epilogue: epilogue(y, outputs: weight.outputs, options), weight: taps.address(),
        kernelHeight: UInt32(weight.kernelHeight), count: UInt32(eights),
        threads: grid.elementStride),
      grid, constants, reads: [x.range, taps.range] + added.map(\.range), writes: [y.range],
      Work(operation: "depthwiseConv2D", result: y.shape))
  }
}
