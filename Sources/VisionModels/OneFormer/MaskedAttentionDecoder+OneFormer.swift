import Checkpoints
import NeuralLayers
import Tensors

extension MaskedAttentionDecoder {
  /// Reads `queries_embedder`, `level_embed` and `decoder` of a ``OneFormerForUniversalSegmentation``.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: OneFormerConfiguration) throws {
    let channels = configuration.hiddenDim
    let embedder = p.decoder.mask_embed.layers
    self.init(
      positions: try p.queries_embedder.tensor("weight", [configuration.numQueries, channels]),
      levelEmbedding: try p.level_embed.tensor("weight", [PixelDecoder.levels, channels]),
      inputProjections: [],
      layers: try (0..<configuration.decoderLayers - 1).map {
        try Layer(p.decoder.layers[$0], configuration)
      },
      norm: try LayerNorm(
        p.decoder.decoder_norm, channels: channels, epsilon: configuration.layerNormEps),
      predictor: try MaskPredictor(
        (0..<3).map { embedder[$0][0] }, channels: channels,
        maskChannels: configuration.maskDim))
  }
}

extension MaskedAttentionDecoder.Layer {
  /// Reads `cross_attn`, `self_attn` and `ffn`, each with its norm.
  fileprivate init(_ p: Parameters, _ configuration: OneFormerConfiguration) throws {
    let (channels, heads) = (configuration.hiddenDim, configuration.numAttentionHeads)
    func norm(_ p: Parameters) throws -> LayerNorm {
      try LayerNorm(p.norm, channels: channels, epsilon: configuration.layerNormEps)
    }
    self.init(
      crossAttention: try MultiheadAttention(
        p.cross_attn.multihead_attn, channels: channels, heads: heads),
      selfAttention: try MultiheadAttention(
        projections: p.self_attn.self_attn, channels: channels, heads: heads),
      crossNorm: try norm(p.cross_attn), selfNorm: try norm(p.self_attn),
      finalNorm: try norm(p.ffn),
      expand: try Linear(
        p.ffn.linear1, from: channels, to: configuration.dimFeedforward, activation: .relu),
      contract: try Linear(p.ffn.linear2, from: configuration.dimFeedforward, to: channels))
  }
}
