import Checkpoints
import NeuralLayers
import Tensors

/// Nearest-neighbour enlargement followed by a convolution.
struct Upsample2D: Sendable {
  let conv: Conv2D

  init(_ p: Parameters, channels: Int) throws {
    conv = try Conv2D(p.conv, from: channels, to: channels, kernel: 3)
  }

  /// - Returns: `[N, height, width, C]` for `x` of `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, height: Int, width: Int) -> Tensor {
    conv(x, enlargement: MapSize(height: height, width: width))
  }
}
