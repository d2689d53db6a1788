import TensorCore

extension Benchmark {
  /// `attention/positions x head size x heads`, two samples; across to `keys` where these differ.
  static let attention = [
    (4096, 4096, 40, 8), (4096, 77, 40, 8), (1024, 1024, 80, 8), (256, 256, 160, 8),
    (4096, 4096, 64, 10), (4096, 4096, 512, 1),
  ].map { attention(queries: $0, keys: $1, size: $2, heads: $3) }

  private static func attention(queries: Int, keys: Int, size: Int, heads: Int) -> Benchmark {
    let products = Double(2 * heads) * Double(queries * keys) * Double(2 * size)
    return Benchmark(
      name: "attention/\(queries)x\(size)x\(heads)" + (keys == queries ? "" : "/\(keys)"),
      work: .operations(2 * products)
    ) { device in
      let q = Tensor.samples([2, queries, heads * size], on: device)
      let k = Tensor.samples([2, keys, heads * size], on: device)
      return { _ = q.attention(keys: k, values: k, heads: heads) }
    }
  }
}
