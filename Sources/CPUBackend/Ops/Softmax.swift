import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Turns rows into shares.
  public func softmax(_ x: Tensor, into y: Tensor) {
    let kernels = kernels
    let channels = x.shape[-1]
    let (source, target) = (x.floatPointer, y.floatPointer)
    threads.forEachRange(x.shape.rows, grain: 1 + Self.grain / 4 / channels) { rows in
      kernels.softmax(
        source + rows.lowerBound * channels, into: target + rows.lowerBound * channels,
        rows: rows.count, channels: channels)
    }
  }
}
