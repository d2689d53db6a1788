import Checkpoints
import NeuralLayers
import Tensors

/// Causal self-attention and two matrices, each behind a normalisation.
struct CLIPEncoderLayer: Sendable {
  let norm1, norm2: LayerNorm
  let attention: Attention
  let fc1, fc2: Linear

  init(_ p: Parameters, _ configuration: CLIPTextConfiguration) throws {
    let (channels, hidden) = (configuration.hiddenSize, configuration.intermediateSize)
    let epsilon = configuration.layerNormEps
    norm1 = try LayerNorm(p.layer_norm1, channels: channels, epsilon: epsilon)
    attention = Attention(
      query: try Linear(p.self_attn.q_proj, from: channels, to: channels),
      key: try Linear(p.self_attn.k_proj, from: channels, to: channels),
      value: try Linear(p.self_attn.v_proj, from: channels, to: channels),
      output: try Linear(p.self_attn.out_proj, from: channels, to: channels),
      heads: configuration.numAttentionHeads, causal: true)
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
