public import TensorCore

private struct PackArguments {
  var weight, packed: UInt64
  var count, threads, outputs, channels, taps: UInt32
}

extension VulkanBackend {
  /// Packs a weight as `[products, outputs]`, so that neighbouring threads read neighbours.
  public func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    let work = Work(operation: "pack", result: weight.shape)
    let packed = take(weight.byteCount, from: weights) { "\(work)" }
    let grid = Grid(elements: weight.shape.count)
    dispatch(
      "pack_\(precision.rawValue)",
      PackArguments(
        weight: weight.address(), packed: packed.address, count: UInt32(weight.shape.count),
        threads: grid.elementStride, outputs: UInt32(weight.shape[0]),
        channels: UInt32(weight.shape[1]), taps: UInt32(weight.shape[2] * weight.shape[3])),
      grid, reads: [weight.range], writes: [packed.range], work)
    return packed
  }
}
