import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Convolution of every channel with a kernel of its own.
  public func depthwiseConv2D(
    _ x: Tensor, _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions
  ) {
    let kernels = kernels
    let arguments = arguments(x, weight, UnsafePointer(taps.floatPointer), into: y, options)
    threads.forEachRange(arguments.rows, grain: 1 + Self.grain / arguments.depth) { rows in
      kernels.convolveChannels(arguments, rows: rows)
    }
  }
}
