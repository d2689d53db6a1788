import TensorCore

extension Benchmark {
  /// `conv2d/inputs x outputs x height x width/side`, two samples: the layers of Stable Diffusion 1.5
  /// at 512×512 with guidance, one of its decoder last.
  static let conv2D = [
    (320, 320, 3, 64), (960, 320, 3, 64), (640, 640, 3, 32), (1280, 1280, 3, 16),
    (1280, 1280, 3, 8), (320, 4, 3, 64), (640, 320, 1, 64), (128, 128, 3, 256),
  ].map { conv2D(inputs: $0, outputs: $1, kernel: $2, side: $3) }

  private static func conv2D(inputs: Int, outputs: Int, kernel: Int, side: Int) -> Benchmark {
    let products = Double(2 * side * side) * Double(kernel * kernel * inputs) * Double(outputs)
    return Benchmark(
      name: "conv2d/\(inputs)x\(outputs)x\(kernel)x\(kernel)/\(side)",
      work: .operations(2 * products)
    ) { device in
      let x = Tensor.samples([2, side, side, inputs], on: device)
      let weight = PackedWeight(kernel: .samples([outputs, inputs, kernel, kernel], on: device))
      let options = Conv2DOptions(
        padding: Padding(kernel / 2), bias: .samples([outputs], on: device))
      return { _ = x.conv2D(weight, options) }
    }
  }
}
