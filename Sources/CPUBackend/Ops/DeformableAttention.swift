import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Attention to a few places of maps, a part of the queries for each thread.
  public func deformableAttention(
    _ values: Tensor, _ samples: DeformableSamples, into y: Tensor, _ options: DeformableOptions
  ) {
    let kernels = kernels
    var start = 0
    let levels = options.levels.map { size in
      defer { start += size.height * size.width }
      return DeformableArguments.Level(start: start, width: size.width, height: size.height)
    }
    let arguments = DeformableArguments(
      values: values.floatPointer, places: samples.places.floatPointer,
      offsets: samples.offsets.floatPointer, weights: samples.weights.floatPointer,
      y: y.floatPointer, pixels: values.shape[1], queries: y.shape[1], heads: options.heads,
      headSize: y.shape[2] / options.heads, points: options.points, levels: levels)
    threads.forEachRange(
      y.shape[0] * y.shape[1], grain: 1 + Self.grain / (4 * options.samples * arguments.headSize)
    ) { rows in
      kernels.attendDeformably(arguments, rows: rows)
    }
  }
}
