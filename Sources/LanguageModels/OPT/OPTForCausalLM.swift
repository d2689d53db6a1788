import Checkpoints
import NeuralLayers
package import Tensors

/// A language model of the GPT-3 kind, which says what word comes next.
///
/// Source: Zhang et al., "OPT: Open Pre-trained Transformer Language Models", arXiv 2205.01068.
public struct OPTForCausalLM: Sendable {
  /// Rows of the positions' table that no token has.
  private static let positionOffset = 2

  /// How the network is built.
  public let configuration: OPTConfiguration
  let tokenEmbedding, positionEmbedding: Embedding
  let layers: [OPTDecoderLayer]
  let norm: LayerNorm
  let head: Linear

  /// Reads the network, whose words' table is the matrix of the last layer too.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: OPTConfiguration) throws {
    self.configuration = configuration
    let (channels, decoder) = (configuration.hiddenSize, p.model.decoder)
    tokenEmbedding = try Embedding(
      decoder.embed_tokens, count: configuration.vocabSize, channels: channels)
    positionEmbedding = try Embedding(
      decoder.embed_positions,
      count: configuration.maxPositionEmbeddings + Self.positionOffset, channels: channels)
    layers = try (0..<configuration.numHiddenLayers).map {
      try OPTDecoderLayer(decoder.layers[$0], configuration)
    }
    norm = try LayerNorm(decoder.final_layer_norm, channels: channels)
    head = Linear(p.pack(tokenEmbedding.table))
  }

  /// Embeds tokens, `[N, L, hiddenSize]`, without their positions.
  func embed(_ tokens: [[Int32]]) -> Tensor {
    tokenEmbedding(
      Tensor(
        tokens.flatMap { $0 }, [tokens.count, tokens.first?.count ?? 0],
        on: tokenEmbedding.table.device))
  }

  /// The vectors of places in a text, `[places.count, hiddenSize]`.
  func positions(_ places: Range<Int>) -> Tensor {
    let offset = Self.positionOffset
    return positionEmbedding.table.samples(
      places.lowerBound + offset..<places.upperBound + offset)
  }

  /// How likely each token comes behind others, before the softmax, `[…, vocabSize]`.
  package func logits(of states: Tensor) -> Tensor { head(norm(states, as: head.operandType)) }
}

/// Attention and two matrices, each behind a normalisation; transformers' `OPTDecoderLayer`.
struct OPTDecoderLayer: Sendable {
  let norm1, norm2: LayerNorm
  let attention: Attention
  let fc1, fc2: Linear

  init(_ p: Parameters, _ configuration: OPTConfiguration) throws {
    let channels = configuration.hiddenSize
    norm1 = try LayerNorm(p.self_attn_layer_norm, channels: channels)
    attention = Attention(
      query: try Linear(p.self_attn.q_proj, from: channels, to: channels),
      key: try Linear(p.self_attn.k_proj, from: channels, to: channels),
      value: try Linear(p.self_attn.v_proj, from: channels, to: channels),
      output: try Linear(p.self_attn.out_proj, from: channels, to: channels),
      heads: configuration.numAttentionHeads, causal: true)
    norm2 = try LayerNorm(p.final_layer_norm, channels: channels)
    fc1 = try Linear(p.fc1, from: channels, to: configuration.ffnDim, activation: .relu)
    fc2 = try Linear(p.fc2, from: configuration.ffnDim, to: channels)
  }

  /// Maps tokens, `[N, L, C]`, to the same shape.
  ///
  /// - Parameter known: Keys and values of the tokens before these; those of these are put behind them.
  func callAsFunction(_ x: Tensor, known: inout KeysAndValues?) -> Tensor {
    let input = norm1(x, as: attention.operandType)
    let own = attention.project(input)
    let all = known?.joined(with: own) ?? own
    known = all
    let attended = attention(input, context: all, residual: x)
    return fc2(fc1(norm2(attended, as: fc1.operandType), as: fc2.operandType), residual: attended)
  }
}
