import Tensors

extension Benchmark {
  /// Normalisations, which read and write each element once at best: the levels of Stable Diffusion 1.5,
  /// those of XL at 1024×1024, one of the decoder.
  static let normalization =
    [
      groupNorm([2, 64, 64, 320]), groupNorm([2, 32, 32, 640]), groupNorm([2, 16, 16, 1280]),
      groupNorm([2, 128, 128, 320]), groupNorm([2, 64, 64, 640]), groupNorm([2, 32, 32, 1280]),
      groupNorm([1, 512, 512, 128]),
      layerNorm([2, 4096, 320]), layerNorm([2, 1024, 640]), layerNorm([2, 256, 1280]),
      layerNorm([2, 4096, 640]), layerNorm([2, 1024, 1280]),
    ]

  /// `groupNorm/samples x height x width x channels`, SiLU included.
  private static func groupNorm(_ shape: Shape) -> Benchmark {
    mapping("groupNorm", shape) { x, bench in
      let one = bench.samples([shape[-1]])
      return {
        _ = x.groupNorm(groups: 32, weight: one, bias: one, epsilon: 1e-5, activation: .silu)
      }
    }
  }

  /// `layerNorm/samples x positions x channels`.
  private static func layerNorm(_ shape: Shape) -> Benchmark {
    mapping("layerNorm", shape) { x, bench in
      let one = bench.samples([shape[-1]])
      return { _ = x.layerNorm(weight: one, bias: one) }
    }
  }
}
