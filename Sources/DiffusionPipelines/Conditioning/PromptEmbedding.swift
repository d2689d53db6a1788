public import Tensors

/// What the UNet is told about one prompt.
public struct PromptEmbedding: Sendable {
  /// Hidden states of the tokens, `[1, tokens, channels]`.
  public let context: Tensor
  /// SDXL: the whole prompt, `[1, channels]`.
  public let pooled: Tensor?

  /// Takes what an encoder gave.
  package init(context: Tensor, pooled: Tensor?) {
    self.context = context
    self.pooled = pooled
  }

  /// The embedding of nothing at all, as SDXL wants it for an absent negative prompt.
  var zeros: PromptEmbedding {
    PromptEmbedding(context: 0 * context, pooled: pooled.map { 0 * $0 })
  }
}
