import Checkpoints
import NeuralLayers
import Tensors

/// Self-attention, attention to the prompt and a feed-forward layer, each behind a normalisation.
struct BasicTransformerBlock: Sendable {
  let norm1, norm2, norm3: LayerNorm
  let selfAttention, crossAttention: Attention
  let feedForward: FeedForward

  init(_ p: Parameters, channels: Int, contextChannels: Int, heads: Int) throws {
    norm1 = try LayerNorm(p.norm1, channels: channels)
    selfAttention = try Attention(p.attn1, channels: channels, heads: heads)
    norm2 = try LayerNorm(p.norm2, channels: channels)
    crossAttention = try Attention(
      p.attn2, channels: channels, contextChannels: contextChannels, heads: heads)
    norm3 = try LayerNorm(p.norm3, channels: channels)
    feedForward = try FeedForward(p.ff, channels: channels)
  }

  /// - Parameters:
  ///   - x: Pixels as tokens, `[N, H·W, C]`.
  ///   - context: What the cross-attention makes of the prompt.
  ///   - probe: Looks at both attentions.
  /// - Returns: `[N, H·W, C]`.
  func callAsFunction(_ x: Tensor, context: KeysAndValues, probe: UNetProbe?) -> Tensor {
    let queries = norm1(x, as: selfAttention.operandType)
    probe?.see(selfAttention: {
      selfAttention.probabilities(queries, context: selfAttention.project(queries))
    })
    let attended = selfAttention(queries, residual: x)
    let questions = norm2(attended, as: crossAttention.operandType)
    probe?.see(crossAttention: { crossAttention.probabilities(questions, context: context) })
    probe?.leaveBlock()
    let prompted = crossAttention(questions, context: context, residual: attended)
    return feedForward(norm3(prompted, as: feedForward.operandType), residual: prompted)
  }
}
