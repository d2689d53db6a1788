import Checkpoints
import NeuralLayers
import Tensors

/// A transformer whose queries gather from an image what is worth saying; transformers' `Blip2QFormerModel`.
///
/// Source: Li et al., "BLIP-2: Bootstrapping Language-Image Pre-training with Frozen Image Encoders and Large Language
/// Models", arXiv 2301.12597.
struct Blip2QFormerModel: Sendable {
  let norm: LayerNorm
  let layers: [Blip2QFormerLayer]

  init(_ p: Parameters, _ configuration: Blip2QFormerConfiguration) throws {
    norm = try LayerNorm(
      p.layernorm, channels: configuration.hiddenSize, epsilon: configuration.layerNormEps)
    layers = try (0..<configuration.numHiddenLayers).map {
      try Blip2QFormerLayer(
        p.encoder.layer[$0], configuration,
        looks: $0 % configuration.crossAttentionFrequency == 0)
    }
  }

  /// What the queries are and what each layer makes of them, each `[N, Q, hiddenSize]`.
  ///
  /// - Parameters:
  ///   - queries: `[N, Q, hiddenSize]`.
  ///   - image: `[N, S, encoderHiddenSize]`.
  func callAsFunction(_ queries: Tensor, image: Tensor) -> [Tensor] {
    layers.reduce(into: [norm(queries)]) { states, layer in
      states.append(layer(states[states.count - 1], image: image))
    }
  }
}

/// Attention among the queries and, in some layers, to the image, and two matrices, each with a normalisation behind its
/// sum.
struct Blip2QFormerLayer: Sendable {
  let queries: PostNormAttention
  let image: PostNormAttention?
  let expand, contract: Linear
  let norm: LayerNorm

  init(_ p: Parameters, _ configuration: Blip2QFormerConfiguration, looks: Bool) throws {
    let (channels, hidden) = (configuration.hiddenSize, configuration.intermediateSize)
    func attention(_ p: Parameters, from inputs: Int) throws -> PostNormAttention {
      try PostNormAttention(
        p.attention, output: p.output, channels: channels, contextChannels: inputs,
        heads: configuration.numAttentionHeads, epsilon: configuration.layerNormEps)
    }
    queries = try attention(p.attention, from: channels)
    image =
      looks ? try attention(p.crossattention, from: configuration.encoderHiddenSize) : nil
    expand = try Linear(
      p.intermediate_query.dense, from: channels, to: hidden,
      activation: configuration.hiddenAct.activation)
    contract = try Linear(p.output_query.dense, from: hidden, to: channels)
    norm = try LayerNorm(
      p.output_query.LayerNorm, channels: channels, epsilon: configuration.layerNormEps)
  }

  func callAsFunction(_ x: Tensor, image tokens: Tensor) -> Tensor {
    let asked = queries(x, context: queries.attention.project(x))
    let shown = image.map { $0(asked, context: $0.attention.project(tokens)) } ?? asked
    return norm(contract(expand(shown, as: contract.operandType), residual: shown))
  }
}
