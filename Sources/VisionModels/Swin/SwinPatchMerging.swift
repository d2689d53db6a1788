import Checkpoints
import NeuralLayers
import Tensors

/// Joins four tokens of a map to one of twice as many channels.
struct SwinPatchMerging: Sendable {
  let norm: LayerNorm
  let reduction: Linear

  /// Reads `norm` and `reduction`.
  init(_ p: Parameters, channels: Int) throws {
    norm = try LayerNorm(p.norm, channels: 4 * channels)
    reduction = try Linear(p.reduction, from: 4 * channels, to: 2 * channels, bias: false)
  }

  /// - Parameter x: `[N, H, W, C]`.
  /// - Returns: `[N, ⌈H/2⌉, ⌈W/2⌉, 2·C]`.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let (samples, height, width) = (x.shape[0], (x.shape[1] + 1) / 2, (x.shape[2] + 1) / 2)
    var places: [TokenOrder.Place] = []
    places.reserveCapacity(4 * samples * height * width)
    for pixel in 0..<samples * height * width {
      let (row, column) = (2 * (pixel / width % height), 2 * (pixel % width))
      for (down, right) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        places.append((pixel / width / height, row + down, column + right))
      }
    }
    let four = TokenOrder(places, of: x.shape, on: x.device)(x)
    return reduction(norm(four.reshaped([samples, height, width, 4 * x.shape[3]])))
  }
}
