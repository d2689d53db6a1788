import Checkpoints
import Tensors

/// How the layers of a ``CLIPEncoder`` are built.
public struct CLIPEncoderOptions: Sendable {
  let channels, hiddenChannels, heads: Int
  let activation: HiddenActivation
  let epsilon: Float
  let causal: Bool

  /// Collects the options.
  ///
  /// - Parameters:
  ///   - channels: Channels of a token.
  ///   - hiddenChannels: Channels between the two matrices of a layer.
  ///   - heads: Number of heads; divides the channels.
  ///   - activation: The function between the two matrices.
  ///   - epsilon: Added to the variance by every normalisation.
  ///   - causal: Whether a token sees only itself and those before it.
  public init(
    channels: Int, hiddenChannels: Int, heads: Int, activation: HiddenActivation, epsilon: Float,
    causal: Bool
  ) {
    (self.channels, self.hiddenChannels, self.heads) = (channels, hiddenChannels, heads)
    (self.activation, self.epsilon, self.causal) = (activation, epsilon, causal)
  }
}

/// Self-attention and two matrices, each behind a normalisation.
struct CLIPEncoderLayer: Sendable {
  let norm1, norm2: LayerNorm
  let attention: Attention
  let fc1, fc2: Linear

  init(_ p: Parameters, _ options: CLIPEncoderOptions) throws {
    let (channels, hidden) = (options.channels, options.hiddenChannels)
    norm1 = try LayerNorm(p.layer_norm1, channels: channels, epsilon: options.epsilon)
    attention = Attention(
      query: try Linear(p.self_attn.q_proj, from: channels, to: channels),
      key: try Linear(p.self_attn.k_proj, from: channels, to: channels),
      value: try Linear(p.self_attn.v_proj, from: channels, to: channels),
      output: try Linear(p.self_attn.out_proj, from: channels, to: channels),
      heads: options.heads, causal: options.causal)
    norm2 = try LayerNorm(p.layer_norm2, channels: channels, epsilon: options.epsilon)
    fc1 = try Linear(
      p.mlp.fc1, from: channels, to: hidden, activation: options.activation.activation)
    fc2 = try Linear(p.mlp.fc2, from: hidden, to: channels)
  }

  /// Maps tokens, `[N, L, C]`, to the same shape.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let attended = attention(norm1(x, as: attention.operandType), residual: x)
    let hidden = fc1(norm2(attended, as: fc1.operandType), as: fc2.operandType)
    return fc2(hidden, residual: attended)
  }
}
