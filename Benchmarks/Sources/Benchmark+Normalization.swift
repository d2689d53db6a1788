import TensorCore

extension Benchmark {
  /// Normalisations, which read and write each element once at best.
  static let normalization = [
    mapping("groupNorm/2x64x64x320", [2, 64, 64, 320]) { x in
      let one = Tensor.samples([320], on: x.device)
      return {
        _ = x.groupNorm(groups: 32, weight: one, bias: one, epsilon: 1e-5, activation: .silu)
      }
    },
    mapping("layerNorm/2x4096x320", [2, 4096, 320]) { x in
      let one = Tensor.samples([320], on: x.device)
      return { _ = x.layerNorm(weight: one, bias: one) }
    },
  ]

  /// An operation whose result has its operand's size.
  static func mapping(
    _ name: String, _ shape: Shape, _ prepare: @escaping @Sendable (Tensor) -> () -> Void
  ) -> Benchmark {
    Benchmark(name: name, work: .bytes(8 * Double(shape.count))) {
      prepare(.samples(shape, on: $0))
    }
  }
}
