public import Checkpoints
import NeuralLayers
public import Tensors

/// The vision encoder of BLIP and BLIP-2, a ViT whose layers make queries, keys and values with one matrix.
///
/// Source: Li et al., "BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language Understanding and
/// Generation", arXiv 2201.12086; Dosovitskiy et al., "An Image is Worth 16x16 Words", arXiv 2010.11929.
public struct BlipVisionModel: Sendable {
  /// How the network is built.
  public let configuration: BlipVisionConfiguration
  let patchEmbedding: Conv2D
  /// The token of the whole image, `[1, 1, C]`, and the tokens' positions, `[tokens, C]`.
  let classEmbedding, positionEmbedding: Tensor
  let layers: [BlipEncoderLayer]
  let norm: LayerNorm

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: BlipVisionConfiguration) throws {
    self.configuration = configuration
    let (channels, patch) = (configuration.hiddenSize, configuration.patchSize)
    patchEmbedding = try Conv2D(
      p.embeddings.patch_embedding, from: 3, to: channels, kernel: patch, stride: patch,
      padding: Padding())
    classEmbedding = try p.embeddings.tensor("class_embedding", [1, 1, channels])
    positionEmbedding = try p.embeddings
      .tensor("position_embedding", [1, configuration.tokens, channels])
      .reshaped([configuration.tokens, channels])
    layers = try (0..<configuration.numHiddenLayers).map {
      try BlipEncoderLayer(p.encoder.layers[$0], configuration)
    }
    norm = try LayerNorm(
      p.post_layernorm, channels: channels, epsilon: configuration.layerNormEps)
  }

  /// Encodes images.
  ///
  /// - Parameter images: `[N, imageSize, imageSize, 3]`, as ``BlipImageProcessor`` makes them.
  /// - Returns: The embedded patches, then the result of every layer, each `[N, tokens, hiddenSize]`, the whole
  ///   image's token first; and the last of them behind the last normalisation.
  public func callAsFunction(_ images: Tensor) -> (hiddenStates: [Tensor], lastHiddenState: Tensor)
  {
    let side = configuration.imageSize
    precondition(
      images.shape.with(first: 1) == [1, side, side, 3],
      "BlipVisionModel: images \(images.shape) must be [N, \(side), \(side), 3]")
    let states = layers.reduce(into: [embed(images)]) { states, layer in
      states.append(layer(states[states.count - 1]))
    }
    return (states, norm(states[states.count - 1]))
  }

  /// The tokens of the whole images and of their patches with their positions, `[N, tokens, C]`.
  private func embed(_ images: Tensor) -> Tensor {
    let (samples, channels) = (images.shape[0], configuration.hiddenSize)
    let patches = patchEmbedding(images).reshaped([samples, configuration.tokens - 1, channels])
    return .concatenate(tokens: [classEmbedding.repeated(samples: samples), patches])
      + positionEmbedding
  }
}

/// Self-attention and two matrices, each behind a normalisation; transformers' `BlipEncoderLayer`.
struct BlipEncoderLayer: Sendable {
  let norm1, norm2: LayerNorm
  let attention: Attention
  let fc1, fc2: Linear

  init(_ p: Parameters, _ configuration: BlipVisionConfiguration) throws {
    let (channels, hidden) = (configuration.hiddenSize, configuration.intermediateSize)
    let epsilon = configuration.layerNormEps
    norm1 = try LayerNorm(p.layer_norm1, channels: channels, epsilon: epsilon)
    let projections = try Linear.parts(3, of: p.self_attn.qkv, from: channels, to: channels)
    attention = Attention(
      query: projections[0], key: projections[1], value: projections[2],
      output: try Linear(p.self_attn.projection, from: channels, to: channels),
      heads: configuration.numAttentionHeads)
    norm2 = try LayerNorm(p.layer_norm2, channels: channels, epsilon: epsilon)
    fc1 = try Linear(
      p.mlp.fc1, from: channels, to: hidden, activation: configuration.hiddenAct.activation)
    fc2 = try Linear(p.mlp.fc2, from: hidden, to: channels)
  }

  /// Maps tokens, `[N, L, C]`, to the same shape.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let attended = attention(norm1(x, as: attention.operandType), residual: x)
    let hidden = fc1(norm2(attended, as: fc1.operandType), as: fc2.operandType)
    return fc2(hidden, residual: attended)
  }
}
