import Checkpoints
import NeuralLayers
import Tensors

/// Attention with a normalisation behind its sum with the input, as BERT has it; transformers' `BertAttention`.
struct PostNormAttention: Sendable {
  let attention: Attention
  let norm: LayerNorm

  /// - Parameters:
  ///   - projections: Where `query`, `key` and `value` are.
  ///   - output: Where `dense` and `LayerNorm` are.
  ///   - contextChannels: Channels of what is attended to.
  ///   - causal: Whether a token sees only itself and those before it.
  init(
    _ projections: Parameters, output: Parameters, channels: Int, contextChannels: Int, heads: Int,
    epsilon: Float, causal: Bool = false
  ) throws {
    attention = Attention(
      query: try Linear(projections.query, from: channels, to: channels),
      key: try Linear(projections.key, from: contextChannels, to: channels),
      value: try Linear(projections.value, from: contextChannels, to: channels),
      output: try Linear(output.dense, from: channels, to: channels),
      heads: heads, causal: causal)
    norm = try LayerNorm(output.LayerNorm, channels: channels, epsilon: epsilon)
  }

  /// Maps tokens, `[N, L, channels]`, to the same shape.
  func callAsFunction(_ x: Tensor, context: KeysAndValues) -> Tensor {
    norm(attention(x, context: context, residual: x))
  }
}
