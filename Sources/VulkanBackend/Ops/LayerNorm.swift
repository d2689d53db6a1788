public import Tensors

private struct LayerNormArguments {
  var x, y, weight, bias: UInt64
  var rows, channels: UInt32
  var epsilon: Float
}

extension VulkanBackend {
  /// Normalises rows.
  public func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) {
    if y.shape.count == 0 { return }
    dispatch(
      "layerNorm",
      LayerNormArguments(
        x: x.address(), y: y.address(y.dtype), weight: options.weight.address(),
        bias: options.bias.address(), rows: UInt32(x.shape.rows), channels: UInt32(x.shape[-1]),
        epsilon: options.epsilon),
      Grid(groups: x.shape.rows),
      Constants(into: y, readingEightsOf: [x, options.weight, options.bias]),
      reads: [x.range, options.weight.range, options.bias.range],
      writes: [y.range], Work(operation: "layerNorm", result: y.shape))
  }
}
