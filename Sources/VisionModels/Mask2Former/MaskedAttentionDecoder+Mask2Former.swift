import Checkpoints
import NeuralLayers
import Tensors

extension MaskedAttentionDecoder {
  /// Reads `queries_embedder`, `level_embed`, `input_projections` and `decoder` of a
  /// ``Mask2FormerForUniversalSegmentation``.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: Mask2FormerConfiguration) throws {
    let (channels, inputs) = (configuration.hiddenDim, configuration.featureSize)
    let isProjected = inputs != channels || configuration.enforceInputProjection
    let embedder = p.decoder.mask_predictor.mask_embedder
    self.init(
      positions: try p.queries_embedder.tensor("weight", [configuration.numQueries, channels]),
      levelEmbedding: try p.level_embed.tensor("weight", [PixelDecoder.levels, channels]),
      inputProjections: try (0..<(isProjected ? PixelDecoder.levels : 0)).map {
        try Conv2D(p.input_projections[$0], from: inputs, to: channels, kernel: 1)
      },
      layers: try (0..<configuration.decoderLayers - 1).map {
        try Layer(p.decoder.layers[$0], configuration)
      },
      norm: try LayerNorm(p.decoder["layernorm"], channels: channels),
      predictor: try MaskPredictor(
        (0..<3).map { embedder[$0][0] }, channels: channels,
        maskChannels: configuration.maskFeatureSize))
  }
}

extension MaskedAttentionDecoder.Layer {
  /// Reads `cross_attn`, `self_attn`, `fc1`, `fc2` and their norms.
  fileprivate init(_ p: Parameters, _ configuration: Mask2FormerConfiguration) throws {
    let (channels, heads) = (configuration.hiddenDim, configuration.numAttentionHeads)
    self.init(
      crossAttention: try MultiheadAttention(p.cross_attn, channels: channels, heads: heads),
      selfAttention: try MultiheadAttention(
        projections: p.self_attn, channels: channels, heads: heads),
      crossNorm: try LayerNorm(p.cross_attn_layer_norm, channels: channels),
      selfNorm: try LayerNorm(p.self_attn_layer_norm, channels: channels),
      finalNorm: try LayerNorm(p.final_layer_norm, channels: channels),
      expand: try Linear(
        p.fc1, from: channels, to: configuration.dimFeedforward, activation: .relu),
      contract: try Linear(p.fc2, from: configuration.dimFeedforward, to: channels))
  }
}

extension MultiheadAttention {
  /// Reads `q_proj`, `k_proj`, `v_proj` and `out_proj`.
  init(projections p: Parameters, channels: Int, heads: Int) throws {
    func projection(_ name: String) throws -> Linear {
      try Linear(p[name], from: channels, to: channels)
    }
    self.init(
      query: try projection("q_proj"), key: try projection("k_proj"),
      value: try projection("v_proj"), output: try projection("out_proj"), heads: heads)
  }
}
