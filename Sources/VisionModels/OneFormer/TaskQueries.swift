import Checkpoints
import NeuralLayers
import Tensors

/// Makes queries of the task: each begins with it, looks at the others, and at where things are in the image.
struct TaskQueries: Sendable {
  let inputProjection: Conv2D
  let layers: [Layer]
  let norm: LayerNorm
  let channels: Int

  /// Reads `query_input_projection` and `query_transformer.decoder`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: OneFormerConfiguration) throws {
    channels = configuration.hiddenDim
    let decoder = p.query_transformer.decoder
    // transformers gives it as many inputs as the joined maps have channels.
    inputProjection = try Conv2D(
      p.query_input_projection, from: configuration.convDim, to: channels, kernel: 1)
    layers = try (0..<configuration.queryDecLayers).map {
      try Layer(decoder.layers[$0], configuration)
    }
    norm = try LayerNorm(
      decoder.norm, channels: channels, epsilon: configuration.layerNormEps)
  }

  /// - Parameters:
  ///   - start: What every query begins with, `[1, 1, C]`.
  ///   - positions: What tells queries apart, `[Q, C]`.
  ///   - maskFeatures: What the image shows, `[N, h, w, C]`.
  /// - Returns: `[N, Q, C]`.
  func callAsFunction(_ start: Tensor, _ positions: Tensor, _ maskFeatures: Tensor) -> Tensor {
    let (samples, size) = (maskFeatures.shape[0], maskFeatures.mapSize)
    let waves = SinePositions.tensor(of: size, channels: channels, on: maskFeatures.device)
      .repeated(samples: samples)
    let keys =
      waves
      + inputProjection(maskFeatures).reshaped([samples, size.height * size.width, channels])
    let queries = Tensor.concatenate(
      tokens: [Tensor](repeating: start, count: positions.shape[0])
    ).repeated(samples: samples)
    return norm(layers.reduce(queries) { $1($0, positions, keys: keys, values: waves) })
  }
}

extension TaskQueries {
  /// A layer: attention to the other queries, to the image, and two matrices.
  struct Layer: Sendable {
    let selfAttention, crossAttention: MultiheadAttention
    let norms: [LayerNorm]
    let expand, contract: Linear

    /// Reads `self_attn`, `multihead_attn`, `linear1`, `linear2` and `norm1` to `norm3`.
    init(_ p: Parameters, _ configuration: OneFormerConfiguration) throws {
      let (channels, heads) = (configuration.hiddenDim, configuration.numAttentionHeads)
      selfAttention = try MultiheadAttention(p.self_attn, channels: channels, heads: heads)
      crossAttention = try MultiheadAttention(p.multihead_attn, channels: channels, heads: heads)
      norms = try (1...3).map {
        try LayerNorm(p["norm\($0)"], channels: channels, epsilon: configuration.layerNormEps)
      }
      expand = try Linear(
        p.linear1, from: channels, to: configuration.dimFeedforward, activation: .relu)
      contract = try Linear(p.linear2, from: configuration.dimFeedforward, to: channels)
    }

    func callAsFunction(
      _ x: Tensor, _ positions: Tensor, keys: Tensor, values: Tensor
    ) -> Tensor {
      let own = x + positions
      let told = norms[0](selfAttention(own, keys: own, values: x, residual: x))
      let seen = norms[1](
        crossAttention(told + positions, keys: keys, values: values, residual: told))
      return norms[2](contract(expand(seen, as: contract.operandType), residual: seen))
    }
  }
}
