import Checkpoints
import NeuralLayers
import Tensors

extension DPTDepthModel {
  /// The vision transformer, whose layers in between are looked at.
  ///
  /// Source: Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021, arXiv 2010.11929, in timm's names.
  struct Transformer: Sendable {
    /// Makes tokens of the image or of the residual network's last map.
    let projection: Conv2D
    let classToken, positions: Tensor
    let layers: [Layer]
    let grid: Int

    init(_ p: Parameters, _ configuration: DPTConfiguration) throws {
      let channels = configuration.hiddenSize
      grid = configuration.grid
      let (inputs, side) =
        configuration.isHybrid
        ? (configuration.resnetHiddenSizes.last ?? 3, 1) : (3, configuration.patchSize)
      projection = try Conv2D(
        p.patch_embed.proj, from: inputs, to: channels, kernel: side, stride: side,
        padding: Padding())
      classToken = try p.tensor("cls_token", [1, 1, channels])
      positions = try p.tensor("pos_embed", [1, 1 + grid * grid, channels])
      layers = try (0..<configuration.numHiddenLayers).map {
        try Layer(p.blocks[$0], configuration)
      }
    }

    /// - Parameter x: The image or the residual network's last map, `[N, H, W, …]`.
    /// - Returns: What each layer gives, up to the last that is wanted: the class token before those of the places, row
    ///   by row, `[N, 1 + h·w, C]`; and the size of their map.
    func callAsFunction(_ x: Tensor, upTo last: Int) -> (outputs: [Tensor], size: MapSize) {
      let map = projection(x)
      let size = MapSize(height: map.shape[1], width: map.shape[2])
      let samples = map.shape[0]
      var h =
        Self.joined(classToken.repeated(samples: samples), map, size)
        + places(size)
      let outputs = layers.prefix(last + 1).map { layer in
        h = layer(h)
        return h
      }
      return (outputs, size)
    }

    /// The learnt places at another size.
    private func places(_ size: MapSize) -> Tensor {
      let channels = classToken.shape[2]
      let rows = positions.reshaped([1 + grid * grid, channels])
      let map = rows.samples(1..<1 + grid * grid).reshaped([1, grid, grid, channels])
      return Self.joined(
        rows.samples(0..<1).reshaped([1, 1, channels]), map.resize(to: size, .bilinear), size)
    }

    /// A token before those of a map, `[N, 1 + h·w, C]`.
    private static func joined(_ token: Tensor, _ map: Tensor, _ size: MapSize) -> Tensor {
      let (samples, channels) = (map.shape[0], map.shape[3])
      let places = size.height * size.width
      return Tensor.concatenate([
        token.reshaped([samples, channels]), map.reshaped([samples, places * channels]),
      ]).reshaped([samples, 1 + places, channels])
    }
  }

  /// A layer: attention and two matrices, each added to its input.
  struct Layer: Sendable {
    let norm1, norm2: LayerNorm
    /// Makes queries, keys and values at once.
    let qkv, output: Linear
    let expand, contract: Linear
    let heads: Int

    init(_ p: Parameters, _ configuration: DPTConfiguration) throws {
      let (channels, epsilon) = (configuration.hiddenSize, configuration.layerNormEps)
      norm1 = try LayerNorm(p.norm1, channels: channels, epsilon: epsilon)
      norm2 = try LayerNorm(p.norm2, channels: channels, epsilon: epsilon)
      qkv = try Linear(p.attn.qkv, from: channels, to: 3 * channels)
      output = try Linear(p.attn.proj, from: channels, to: channels)
      expand = try Linear(p.mlp.fc1, from: channels, to: 4 * channels, activation: .gelu)
      contract = try Linear(p.mlp.fc2, from: 4 * channels, to: channels)
      heads = configuration.numAttentionHeads
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let channels = x.shape[2]
      let projected = qkv(norm1(x))
      let attended = projected.channels(0..<channels).attention(
        keys: projected.channels(channels..<2 * channels),
        values: projected.channels(2 * channels..<3 * channels), heads: heads)
      let h = output(attended, residual: x)
      return contract(expand(norm2(h)), residual: h)
    }
  }
}
