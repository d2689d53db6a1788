import Checkpoints
import NeuralLayers
import Tensors

/// A layer in which the pixels of several maps look at a few places of each of them.
///
/// Source: Zhu et al., "Deformable DETR", ICLR 2021, arXiv 2010.04159.
struct DeformableLayer: Sendable {
  /// What all layers know of the maps.
  struct Scene {
    let sizes: [MapSize]
    /// Where each pixel is, in waves, `[1, S, C]`.
    let positions: Tensor
    /// Where it is, as shares of a map's width and height, `[S, 2]`.
    let places: Tensor

    /// - Parameter positions: `[1, S, C]`.
    init(sizes: [MapSize], positions: Tensor, on device: Device) {
      (self.sizes, self.positions) = (sizes, positions)
      var shares: [Float] = []
      for size in sizes {
        for row in 0..<size.height {
          for column in 0..<size.width {
            shares.append((Float(column) + 0.5) / Float(size.width))
            shares.append((Float(row) + 0.5) / Float(size.height))
          }
        }
      }
      places = Tensor(shares, [shares.count / 2, 2], on: device)
    }
  }

  /// Places of each map that a head looks at.
  private static let points = 4

  let value, offsets, weights, output: Linear
  let attentionNorm, finalNorm: LayerNorm
  let expand, contract: Linear
  let heads, levels: Int

  /// Reads `self_attn`, `self_attn_layer_norm`, `fc1`, `fc2` and `final_layer_norm`.
  init(_ p: Parameters, _ options: PixelDecoder.Options, levels: Int) throws {
    let (channels, attention) = (options.channels, p.self_attn)
    let samples = options.heads * levels * Self.points
    (heads, self.levels) = (options.heads, levels)
    value = try Linear(attention.value_proj, from: channels, to: channels)
    offsets = try Linear(attention.sampling_offsets, from: channels, to: 2 * samples)
    weights = try Linear(attention.attention_weights, from: channels, to: samples)
    output = try Linear(attention.output_proj, from: channels, to: channels)
    attentionNorm = try LayerNorm(p.self_attn_layer_norm, channels: channels)
    expand = try Linear(p.fc1, from: channels, to: options.wide, activation: .relu)
    contract = try Linear(p.fc2, from: options.wide, to: channels)
    finalNorm = try LayerNorm(p.final_layer_norm, channels: channels)
  }

  /// - Parameter x: The pixels of all maps, `[N, S, C]`.
  func callAsFunction(_ x: Tensor, _ scene: Scene) -> Tensor {
    let queries = x + scene.positions
    let scores = weights(queries)
    let shares = scores.reshaped([
      scores.shape.count / (levels * Self.points), levels * Self.points,
    ])
    .softmax().reshaped(scores.shape)
    let seen = value(x).deformableAttention(
      places: scene.places, offsets: offsets(queries), weights: shares,
      DeformableOptions(heads: heads, levels: scene.sizes, points: Self.points))
    let h = attentionNorm(output(seen, residual: x))
    return finalNorm(contract(expand(h, as: contract.operandType), residual: h))
  }
}
