import Checkpoints
import NeuralLayers
import Tensors

/// Self-attention, attention to the prompt and a feed-forward layer, each behind a normalisation; in GLIGEN also gated
/// self-attention, behind the first.
struct BasicTransformerBlock: Sendable {
  let norm1, norm2, norm3: LayerNorm
  let selfAttention, crossAttention: Attention
  let feedForward: FeedForward
  let fuser: GatedSelfAttentionDense?

  init(_ p: Parameters, channels: Int, _ options: TransformerOptions) throws {
    let (contextChannels, heads) = (options.contextChannels, options.heads)
    norm1 = try LayerNorm(p.norm1, channels: channels)
    selfAttention = try Attention(p.attn1, channels: channels, heads: heads)
    norm2 = try LayerNorm(p.norm2, channels: channels)
    crossAttention = try Attention(
      p.attn2, channels: channels, contextChannels: contextChannels, heads: heads)
    norm3 = try LayerNorm(p.norm3, channels: channels)
    feedForward = try FeedForward(p.ff, channels: channels)
    fuser =
      options.isGated
      ? try GatedSelfAttentionDense(
        p.fuser, channels: channels, contextChannels: contextChannels, heads: heads) : nil
  }

  /// - Parameters:
  ///   - x: Pixels as tokens, `[N, H·W, C]`.
  ///   - context: What it is told of prompts and objects.
  ///   - probe: Looks at both attentions.
  /// - Returns: `[N, H·W, C]`.
  func callAsFunction(_ x: Tensor, context: BlockContext, probe: UNetProbe?) -> Tensor {
    let queries = norm1(x, as: selfAttention.operandType)
    probe?.see(selfAttention: {
      selfAttention.probabilities(queries, context: selfAttention.project(queries))
    })
    let attended = ground(selfAttention(queries, residual: x), context)
    let questions = norm2(attended, as: crossAttention.operandType)
    probe?.see(crossAttention: {
      crossAttention.probabilities(questions, context: context.prompts[0].context)
    })
    probe?.leaveBlock()
    let prompted = crossAttention(questions, contexts: context.prompts, residual: attended)
    return feedForward(norm3(prompted, as: feedForward.operandType), residual: prompted)
  }

  /// Pixels that have seen the objects in their boxes, if there are any.
  private func ground(_ x: Tensor, _ context: BlockContext) -> Tensor {
    guard let fuser, let objects = context.objects else { return x }
    return fuser(x, objects: objects)
  }
}
