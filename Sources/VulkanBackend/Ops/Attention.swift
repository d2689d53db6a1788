public import TensorCore

/// `AttentionArguments` in `heads.slang`.
private struct AttentionArguments {
  var queries, keys, values, y: UInt64
  var queryCount, keyCount, channels, headSize, panels: UInt32
  var scale: Float
  var causal: UInt32
}

extension VulkanBackend {
  /// Queries of a workgroup.
  private static var queryBlock: Int { 32 }

  /// Scaled dot-product attention in one pass over the keys.
  public func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    if y.shape.count == 0 { return }
    let headSize = y.shape[2] / options.heads
    let type = queries.dtype
    precondition(
      type == .float32 || type == factorType(for: options.precision, channels: headSize),
      "attention: factors of \(type) were given to products in \(options.precision.rawValue)")
    let width = Self.panelWidth(headSize)
    let panels = (headSize + width - 1) / width
    dispatch(
      "attention\(width)_\(options.precision.rawValue)",
      AttentionArguments(
        queries: queries.address(type), keys: keys.address(type), values: values.address(type),
        y: y.address(y.dtype), queryCount: UInt32(y.shape[1]), keyCount: UInt32(keys.shape[1]),
        channels: UInt32(y.shape[2]), headSize: UInt32(headSize), panels: UInt32(panels),
        scale: options.scale, causal: options.causal ? 1 : 0),
      Grid(
        (y.shape[1] + Self.queryBlock - 1) / Self.queryBlock, options.heads * panels, y.shape[0]),
      Constants(
        inputs: type, result: y.dtype,
        readsEights: headSize % 8 == 0 && [queries, keys, values].haveEights,
        writesEights: headSize % 8 == 0 && [y].haveEights),
      reads: [queries.range, keys.range, values.range], writes: [y.range],
      Work(operation: "attention", result: y.shape))
  }

  /// Channels of the values that one workgroup sums. Heads of more than 160 channels are divided, and
  /// every workgroup computes their scores again.
  private static func panelWidth(_ headSize: Int) -> Int {
    headSize <= 64 ? 64 : headSize <= 128 ? 128 : headSize <= 160 ? 160 : 128
  }
}
