import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Packs keys and values of every head, then works through blocks of queries.
  public func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    let kernels = kernels
    let (samples, count, heads) = (y.shape[0], y.shape[1], options.heads)
    let arguments = AttentionArguments(
      queries: queries.floatPointer, keys: keys.floatPointer, values: values.floatPointer,
      y: y.floatPointer, samples: samples, queryCount: count, keyCount: keys.shape[1],
      heads: heads, headSize: y.shape[2] / heads, scale: options.scale, causal: options.causal,
      operands: attentionOperands(options.precision),
      bias: options.bias.map {
        ScoreBias(numbers: $0.floatPointer, samples: $0.shape[0], heads: $0.shape[1])
      })
    let size = arguments.headSize
    let stride = kernels.packedHeadCount(arguments)
    let storage = memory.take(MemoryLayout<Float>.stride * samples * heads * stride)
    let packed = storage.pointer.assumingMemoryBound(to: Float.self)
    threads.forEach(samples * heads) { part, _ in
      kernels.packHead(
        arguments, sample: part / heads, head: part % heads, into: packed + part * stride)
    }
    let blocks = (count + kernels.queryBlock - 1) / kernels.queryBlock
    threads.forEach(
      samples * heads * blocks, scratchBytes: kernels.attendScratch(headSize: size)
    ) { part, scratch in
      let (head, first) = (part / blocks, part % blocks * kernels.queryBlock)
      kernels.attend(
        arguments, sample: head / heads, head: head % heads,
        queries: first..<min(first + kernels.queryBlock, count), packed: packed + head * stride,
        scratch: scratch)
    }
    withExtendedLifetime(storage) {}
  }

  /// What a precision's attention multiplies. Where bf16 is slow, integers of sixteen bits round less and take
  /// half the time of single precision.
  private func attentionOperands(_ precision: ProductPrecision) -> AttentionOperands {
    if precision == .float32 { return .floats(.single) }
    if hasFastProducts(in: .int16) && !hasFastProducts(in: .bfloat16) {
      return .fixedPoint
    }
    return .floats(OperandPrecision(self.precision(beside: precision)))
  }
}
