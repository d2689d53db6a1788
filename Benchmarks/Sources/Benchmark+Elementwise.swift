import TensorCore

extension Benchmark {
  /// Operations on single elements, bound by memory.
  static let elementwise = [
    mapping("silu/2x4096x1280", [2, 4096, 1280]) { x in { _ = x.silu() } },
    Benchmark(name: "geglu/2x4096x2560", work: .bytes(6 * 2 * 4096 * 2560)) { device in
      let x = Tensor.samples([2, 4096, 2560], on: device)
      return { _ = x.geglu() }
    },
    Benchmark(name: "add/2x4096x1280", work: .bytes(12 * 2 * 4096 * 1280)) { device in
      let x = Tensor.samples([2, 4096, 1280], on: device)
      let y = Tensor.samples([2, 4096, 1280], on: device)
      return { _ = x + y }
    },
    mapping("transposed/2x4096x320", [2, 4096, 320]) { x in { _ = x.transposed() } },
  ]
}
