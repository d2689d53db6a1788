import CPUKernelInterface
public import Tensors

/// Counts the memory that the processor's operations take beside their results, and computes nothing.
///
/// Unchecked as its superclass is: all that it holds is constant.
private final class Rehearsal: MetaBackend, @unchecked Sendable {
  private let backend: CPUBackend

  init(_ backend: CPUBackend) { self.backend = backend }

  override func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    if let size = options.enlargement, !backend.readsSmallMap(x, weight, options, size) {
      takeScratch(
        byteCount: x.shape[0] * size.height * size.width * x.shape[3] * DType.float32.byteCount)
    }
    super.conv2D(x, weight, into: y, options)
  }

  override func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    if !backend.canGate(weight) {
      takeScratch(byteCount: 2 * y.shape.count * DType.float32.byteCount)
    }
    super.gatedMatmul(x, weight, bias: bias, into: y)
  }

  override func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    // Keys and values are packed for all heads first.
    takeScratch(byteCount: 2 * keys.shape.count * options.precision.byteCount)
    super.attention(queries, keys, values, into: y, options)
  }
}

extension CPUBackend {
  /// Operations that count the memory which this backend's kernels take.
  public func rehearsal() -> MetaBackend { Rehearsal(self) }
}
