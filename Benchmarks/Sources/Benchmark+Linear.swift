import TensorCore

extension Benchmark {
  /// `linear/rows x inputs x outputs`: the layers of Stable Diffusion 1.5 at 512×512 with guidance.
  static let linear = [
    (8192, 320, 320), (4096, 320, 2560), (2048, 640, 640), (2048, 2560, 640), (512, 1280, 10240),
    (128, 1280, 1280), (154, 768, 320),
  ].map { linear(rows: $0, inputs: $1, outputs: $2) }

  private static func linear(rows: Int, inputs: Int, outputs: Int) -> Benchmark {
    Benchmark(
      name: "linear/\(rows)x\(inputs)x\(outputs)",
      work: .operations(2 * Double(rows) * Double(inputs) * Double(outputs))
    ) { device in
      let x = Tensor.samples([2, rows / 2, inputs], on: device)
      let weight = PackedWeight(matrix: .samples([outputs, inputs], on: device))
      let bias = Tensor.samples([outputs], on: device)
      return { _ = x.matmul(weight, MatmulOptions(bias: bias)) }
    }
  }
}
