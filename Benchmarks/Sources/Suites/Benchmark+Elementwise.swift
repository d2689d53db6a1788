import Tensors

extension Benchmark {
  /// Operations on single elements, bound by memory; the name has the operand's extents.
  static let elementwise = [
    mapping("silu", [2, 4096, 1280]) { x, _ in { _ = x.silu() } },
    mapping("geglu", [2, 4096, 2560], bytesPerElement: 6) { x, _ in { _ = x.geglu() } },
    mapping("geglu", [2, 4096, 5120], bytesPerElement: 6) { x, _ in { _ = x.geglu() } },
    mapping("geglu", [2, 1024, 10240], bytesPerElement: 6) { x, _ in { _ = x.geglu() } },
    mapping("add", [2, 4096, 640], bytesPerElement: 12) { x, bench in
      let y = bench.samples(x.shape)
      return { _ = x + y }
    },
    mapping("concatenate", [2, 64, 64, 320], bytesPerElement: 16) { x, bench in
      let y = bench.samples(x.shape)
      return { _ = Tensor.concatenate([x, y]) }
    },
    mapping("resize", [2, 32, 32, 640], bytesPerElement: 20) { x, _ in
      { _ = x.resize(to: 64, .nearest) }
    },
    mapping("transposed", [2, 4096, 320]) { x, _ in { _ = x.transposed() } },
  ]

  /// An operation on one tensor.
  ///
  /// - Parameter bytesPerElement: Bytes read and written for each element of the tensor.
  static func mapping(
    _ operation: String, _ shape: Shape, bytesPerElement: Int = 8,
    _ prepare: @escaping @Sendable (Tensor, Workbench) -> () -> Void
  ) -> Benchmark {
    let extents = shape.dimensions.map(String.init).joined(separator: "x")
    return Benchmark(
      name: "\(operation)/\(extents)", work: .bytes(bytesPerElement * shape.count)
    ) { prepare($0.samples(shape), $0) }
  }
}
