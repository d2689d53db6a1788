import Tensors

extension Benchmark {
  /// `attention/positions x head size x heads`, two samples; `/keys` behind it where these differ from the
  /// positions, `/causal` where a position sees only those before it.
  static let attention =
    [
      // Stable Diffusion 1.5 at 512×512.
      (4096, 40, 8), (1024, 80, 8), (256, 160, 8), (64, 160, 8),
      // XL at 512×512, and at 1024×1024.
      (1024, 64, 10), (256, 64, 20), (4096, 64, 10), (1024, 64, 20),
    ].flatMap { positions, size, heads in
      [positions, 77].map { attention(queries: positions, keys: $0, size: size, heads: heads) }
    } + [
      // The autoencoder at 512×512, and the text encoders.
      attention(queries: 4096, keys: 4096, size: 512, heads: 1),
      attention(queries: 77, keys: 77, size: 64, heads: 12, causal: true),
      attention(queries: 77, keys: 77, size: 64, heads: 20, causal: true),
    ]

  private static func attention(
    queries: Int, keys: Int, size: Int, heads: Int, causal: Bool = false
  ) -> Benchmark {
    let suffix = (keys == queries ? "" : "/\(keys)") + (causal ? "/causal" : "")
    return Benchmark(name: "attention/\(queries)x\(size)x\(heads)\(suffix)") { bench in
      let q = bench.samples([2, queries, heads * size])
      let k = bench.samples([2, keys, heads * size])
      return {
        _ = q.attention(
          keys: k, values: k, heads: heads, causal: causal, precision: bench.precision)
      }
    }
  }
}
