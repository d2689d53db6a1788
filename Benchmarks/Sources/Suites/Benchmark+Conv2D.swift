import Tensors

extension Benchmark {
  /// `conv2d/inputs x outputs x height x width/side`, two samples; `/2` behind it where the window moves
  /// by two pixels.
  static let conv2D =
    [
      // Stable Diffusion 1.5 and XL at 512×512.
      (4, 320, 3, 64), (320, 320, 3, 64), (640, 320, 3, 64), (960, 320, 3, 64), (640, 320, 1, 64),
      (320, 4, 3, 64),
      (320, 640, 3, 32), (640, 640, 3, 32), (1280, 640, 3, 32), (1920, 640, 3, 32),
      (640, 1280, 3, 16), (1280, 1280, 3, 16), (2560, 1280, 3, 16),
      (1280, 1280, 3, 8), (2560, 1280, 3, 8),
      // XL at 1024×1024.
      (320, 320, 3, 128), (960, 320, 3, 128), (640, 640, 3, 64), (1920, 640, 3, 64),
      (1280, 1280, 3, 32), (2560, 1280, 3, 32),
      // The decoder at 512×512.
      (512, 512, 3, 64), (512, 512, 3, 128), (256, 256, 3, 256), (128, 128, 3, 256),
      (128, 3, 3, 512),
    ].map { conv2D(inputs: $0, outputs: $1, kernel: $2, side: $3) }
    + [(320, 64), (640, 32), (1280, 16)].map {
      conv2D(inputs: $0, outputs: $0, kernel: 3, side: $1, stride: 2)
    }

  private static func conv2D(
    inputs: Int, outputs: Int, kernel: Int, side: Int, stride: Int = 1
  ) -> Benchmark {
    let suffix = stride == 1 ? "" : "/\(stride)"
    return Benchmark(
      name: "conv2d/\(inputs)x\(outputs)x\(kernel)x\(kernel)/\(side)\(suffix)"
    ) { bench in
      let x = bench.samples([2, side, side, inputs])
      let weight = bench.weight([outputs, inputs, kernel, kernel])
      let options = Conv2DOptions(
        stride: stride, padding: Padding(kernel / 2), bias: bench.samples([outputs]))
      return { _ = x.conv2D(weight, options) }
    }
  }
}
