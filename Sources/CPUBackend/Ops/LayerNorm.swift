import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Normalises rows.
  public func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) {
    let kernels = kernels
    let channels = x.shape[-1]
    let (source, target) = (x.floatPointer, y.floatPointer)
    let (weight, bias) = (options.weight.floatPointer, options.bias.floatPointer)
    threads.forEachRange(x.shape.rows, grain: 1 + 16384 / channels) { rows in
      kernels.layerNorm(
        source + rows.lowerBound * channels, into: target + rows.lowerBound * channels,
        rows: rows.count, channels: channels, weight: weight, bias: bias, epsilon: options.epsilon)
    }
  }
}
