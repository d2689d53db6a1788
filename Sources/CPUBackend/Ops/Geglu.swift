import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// First half of each row times the GELU of the second half.
  public func geglu(_ x: Tensor, into y: Tensor) {
    let kernels = kernels
    let channels = y.shape[-1]
    let (source, target) = (x.floatPointer, y.floatPointer)
    threads.forEachRange(y.shape.rows, grain: 1 + Self.grain / channels) { rows in
      kernels.geglu(
        source + rows.lowerBound * 2 * channels, into: target + rows.lowerBound * channels,
        rows: rows.count, channels: channels)
    }
  }
}
