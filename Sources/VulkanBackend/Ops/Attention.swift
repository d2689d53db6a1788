public import Tensors

/// `AttentionArguments` in `heads.slang`.
private struct AttentionArguments {
  var queries, keys, values, y, bias: UInt64
  var queryCount, keyCount, channels, headSize, panels: UInt32
  var scale: Float
  var causal, biasSamples, biasHeads: UInt32
}

extension VulkanBackend {
  /// Scaled dot-product attention in one pass over the keys.
  public func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    if y.shape.count == 0 { return }
    let headSize = y.shape[2] / options.heads
    let type = queries.dtype
    precondition(
      type == .float32 || type == operandType(for: options.precision, channels: headSize),
      "attention: operands of \(type) were given to products in \(options.precision.rawValue)")
    let variant = products.attention(
      options.precision, headSize: headSize, queries: y.shape[1], heads: options.heads,
      samples: y.shape[0])
    dispatch(
      variant.shader,
      AttentionArguments(
        queries: queries.address(type), keys: keys.address(type), values: values.address(type),
        y: y.address(y.dtype), bias: options.bias?.address() ?? 0, queryCount: UInt32(y.shape[1]),
        keyCount: UInt32(keys.shape[1]),
        channels: UInt32(y.shape[2]), headSize: UInt32(headSize),
        panels: variant.grid.y / UInt32(options.heads),
        scale: options.scale, causal: options.causal ? 1 : 0,
        biasSamples: UInt32(options.bias?.shape[0] ?? 0),
        biasHeads: UInt32(options.bias?.shape[1] ?? 0)),
      variant.grid,
      Constants(
        inputs: type, result: y.dtype,
        readsEights: headSize % 8 == 0 && [queries, keys, values].haveEights,
        writesEights: headSize % 8 == 0 && [y].haveEights,
        subgroupSize: variant.subgroupSize),
      reads: [queries.range, keys.range, values.range]
        + [options.bias?.range].compactMap { $0 },
      writes: [y.range],
      Work(operation: "attention", result: y.shape))
  }
}
