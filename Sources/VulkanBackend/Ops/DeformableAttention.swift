public import Tensors

private struct DeformableArguments {
  var values, places, offsets, weights, y: UInt64
  var count, threads, pixels, queries, heads, headSize, levels, points: UInt32
  var widths, heights: (UInt32, UInt32, UInt32, UInt32)
}

extension VulkanBackend {
  /// Attention to a few places of maps.
  public func deformableAttention(
    _ values: Tensor, _ samples: DeformableSamples, into y: Tensor, _ options: DeformableOptions
  ) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count)
    func four(_ sides: [Int]) -> (UInt32, UInt32, UInt32, UInt32) {
      let sides = sides.map(UInt32.init) + [UInt32](repeating: 0, count: 4 - sides.count)
      return (sides[0], sides[1], sides[2], sides[3])
    }
    dispatch(
      "deformableAttention",
      DeformableArguments(
        values: values.address(), places: samples.places.address(),
        offsets: samples.offsets.address(), weights: samples.weights.address(), y: y.address(),
        count: UInt32(y.shape.count), threads: grid.elementStride, pixels: UInt32(values.shape[1]),
        queries: UInt32(y.shape[1]), heads: UInt32(options.heads),
        headSize: UInt32(y.shape[2] / options.heads), levels: UInt32(options.levels.count),
        points: UInt32(options.points), widths: four(options.levels.map(\.width)),
        heights: four(options.levels.map(\.height))),
      grid,
      reads: [
        values.range, samples.places.range, samples.offsets.range, samples.weights.range,
      ],
      writes: [y.range], Work(operation: "deformableAttention", result: y.shape))
  }
}
