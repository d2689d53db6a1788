import Tensors

extension Benchmark {
  /// `linear/rows x inputs x outputs`: the layers of a guided step, a batch of two.
  static let linear = [
    // Stable Diffusion 1.5 at 512×512, level by level; XL at 512×512 has those of 640 and 1280 channels.
    (4096, 320, 2560), (8192, 320, 320), (8192, 320, 2560), (8192, 1280, 320), (154, 768, 320),
    (2048, 640, 640), (2048, 640, 5120), (2048, 2560, 640), (154, 768, 640),
    (512, 1280, 1280), (512, 1280, 10240), (512, 5120, 1280), (154, 768, 1280),
    (128, 1280, 1280), (128, 1280, 10240), (128, 5120, 1280),
    // XL at 1024×1024.
    (8192, 640, 640), (8192, 640, 5120), (8192, 2560, 640), (154, 2048, 640),
    (2048, 1280, 1280), (2048, 1280, 10240), (2048, 5120, 1280), (154, 2048, 1280),
  ].map { linear(rows: $0, inputs: $1, outputs: $2) }

  /// `gated/rows x inputs x outputs`: a feed-forward network's first layer, values and gates.
  static let gated = [(8192, 320, 1280), (2048, 640, 2560), (512, 1280, 5120)].map {
    gated(rows: $0, inputs: $1, outputs: $2)
  }

  private static func gated(rows: Int, inputs: Int, outputs: Int) -> Benchmark {
    Benchmark(name: "gated/\(rows)x\(inputs)x\(outputs)") { bench in
      let x = bench.samples([2, rows / 2, inputs])
      let weight = bench.weight([2 * outputs, inputs])
      let bias = bench.samples([2 * outputs])
      return { _ = x.gatedMatmul(weight, bias: bias) }
    }
  }

  private static func linear(rows: Int, inputs: Int, outputs: Int) -> Benchmark {
    Benchmark(name: "linear/\(rows)x\(inputs)x\(outputs)", peers: Peer.allCases) { bench in
      let x = bench.samples([2, rows / 2, inputs])
      let weight = bench.weight([outputs, inputs])
      let bias = bench.samples([outputs])
      return { _ = x.matmul(weight, MatmulOptions(bias: bias)) }
    }
  }
}
