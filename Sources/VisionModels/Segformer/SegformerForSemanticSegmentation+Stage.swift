import Checkpoints
import NeuralLayers
import Tensors

extension SegformerForSemanticSegmentation {
  /// A stage: a kernel that makes the map smaller, and layers of attention.
  struct Stage: Sendable {
    let projection: Conv2D
    let normIn, normOut: LayerNorm
    let layers: [Layer]

    /// Reads entry `index` of `patch_embeddings`, `block` and `layer_norm`.
    init(_ p: Parameters, _ index: Int, _ configuration: SegformerConfiguration) throws {
      let channels = configuration.hiddenSizes[index]
      let patch = p.patch_embeddings[index]
      projection = try Conv2D(
        patch.proj,
        from: index == 0 ? configuration.numChannels : configuration.hiddenSizes[index - 1],
        to: channels, kernel: configuration.patchSizes[index],
        stride: configuration.strides[index])
      normIn = try LayerNorm(patch["layer_norm"], channels: channels)
      layers = try (0..<configuration.depths[index]).map {
        try Layer(p.block[index][$0], index, configuration)
      }
      normOut = try LayerNorm(p["layer_norm"][index], channels: channels)
    }

    /// - Parameter x: The image or the stage before's map, `[N, H, W, …]`.
    func callAsFunction(_ x: Tensor) -> Tensor {
      normOut(layers.reduce(normIn(projection(x))) { $1($0) })
    }
  }

  /// A layer: attention, and two matrices with a kernel in between that tells where a place is.
  struct Layer: Sendable {
    let norm1, norm2: LayerNorm
    let query, key, value, output: Linear
    /// Makes the map smaller that is looked at; nil where it stays as it is.
    let reduction: (convolution: Conv2D, norm: LayerNorm)?
    let expand, contract: Linear
    let places: Conv2D
    let heads: Int

    init(_ p: Parameters, _ stage: Int, _ configuration: SegformerConfiguration) throws {
      let channels = configuration.hiddenSizes[stage]
      let (attention, ratio) = (p.attention["self"], configuration.srRatios[stage])
      heads = configuration.numAttentionHeads[stage]
      norm1 = try LayerNorm(p.layer_norm_1, channels: channels)
      norm2 = try LayerNorm(p.layer_norm_2, channels: channels)
      query = try Linear(attention.query, from: channels, to: channels)
      key = try Linear(attention.key, from: channels, to: channels)
      value = try Linear(attention.value, from: channels, to: channels)
      output = try Linear(p.attention.output.dense, from: channels, to: channels)
      reduction =
        ratio > 1
        ? (
          try Conv2D(
            attention.sr, from: channels, to: channels, kernel: ratio, stride: ratio,
            padding: Padding()),
          try LayerNorm(attention["layer_norm"], channels: channels)
        ) : nil
      let wide = channels * configuration.mlpRatios[stage]
      expand = try Linear(p.mlp.dense1, from: channels, to: wide)
      places = try Conv2D(
        p.mlp.dwconv.dwconv, from: wide, to: wide, kernel: 3, groups: wide,
        activation: configuration.hiddenAct.activation)
      contract = try Linear(p.mlp.dense2, from: wide, to: channels)
    }

    /// - Parameter x: `[N, H, W, C]`.
    func callAsFunction(_ x: Tensor) -> Tensor {
      let normed = norm1(x)
      let seen = reduction.map { $0.norm($0.convolution(normed)) } ?? normed
      let attended = Self.tokens(query(normed)).attention(
        keys: Self.tokens(key(seen)), values: Self.tokens(value(seen)), heads: heads)
      let h = output(attended.reshaped(x.shape), residual: x)
      return contract(places(expand(norm2(h))), residual: h)
    }

    /// A map's places in a row, `[N, H·W, C]`.
    private static func tokens(_ map: Tensor) -> Tensor {
      map.reshaped([map.shape[0], map.shape[1] * map.shape[2], map.shape[3]])
    }
  }
}
