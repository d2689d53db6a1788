import Checkpoints
import NeuralLayers
import Tensors

/// Convolutions that bring a control image to the size and the channels of a UNet's first features.
struct ControlNetConditioningEmbedding: Sendable {
  let convIn: Conv2D
  /// For each halving a convolution before it and the one that halves.
  let blocks: [Conv2D]
  let convOut: Conv2D

  init(_ p: Parameters, _ configuration: ControlNetConfiguration) throws {
    let channels = configuration.conditioningEmbeddingOutChannels
    convIn = try Conv2D(
      p.conv_in, from: configuration.conditioningChannels, to: channels[0], kernel: 3,
      activation: .silu)
    blocks = try (0..<2 * (channels.count - 1)).map { i in
      let halves = i % 2 == 1
      return try Conv2D(
        p.blocks[i], from: channels[i / 2], to: channels[halves ? i / 2 + 1 : i / 2], kernel: 3,
        stride: halves ? 2 : 1, activation: .silu)
    }
    convOut = try Conv2D(
      p.conv_out, from: channels[channels.count - 1],
      to: configuration.encoder.blockOutChannels[0], kernel: 3)
  }

  /// - Parameter image: `[N, H, W, conditioningChannels]`.
  /// - Returns: `[N, H/f, W/f, blockOutChannels[0]]`, where f is 2 to the power of the halvings.
  func callAsFunction(_ image: Tensor) -> Tensor {
    convOut(blocks.reduce(convIn(image)) { $1($0) })
  }
}
