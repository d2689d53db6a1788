public import Tensors

private struct PackArguments {
  var weight, packed: UInt64
  var count, threads, outputs, channels, taps: UInt32
}

extension VulkanBackend {
  /// Packs a weight as `[products, outputs rounded up to eights]` in the type of the operands, so that
  /// neighbouring threads read neighbours.
  public func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    let work = Work(operation: "pack", result: weight.shape)
    let eights = weight.shape.count / weight.shape[0] * ((weight.shape[0] + 7) / 8)
    let byteCount = 8 * eights * precision.operandType.byteCount
    let packed = take(byteCount, from: weights) { "\(work)" }
    let grid = Grid(elements: eights)
    dispatch(
      "pack_\(precision.rawValue)",
      PackArguments(
        weight: weight.address(), packed: packed.address, count: UInt32(eights),
        threads: grid.elementStride, outputs: UInt32(weight.shape[0]),
        channels: UInt32(weight.shape[1]), taps: UInt32(weight.shape[2] * weight.shape[3])),
      grid, reads: [weight.range], writes: [packed.range], work)
    return packed
  }
}

extension ProductPrecision {
  /// How operands are stored.
  var operandType: DType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .float16: .float16
    case .int8, .int16:
      preconditionFailure(
        "graphics devices do not multiply \(rawValue); they do fp16, bf16 and fp32")
    }
  }
}

extension VulkanBackend {
  /// Halves come in eights; other channels are kept in `float32`.
  public func operandType(for precision: ProductPrecision, channels: Int) -> DType {
    channels % 8 == 0 ? precision.operandType : .float32
  }
}
