import Checkpoints
import NeuralLayers
import Tensors

/// Self-attention of one head over the pixels of a feature map, added to it.
struct AttentionBlock: Sendable {
  let norm: GroupNorm
  let attention: Attention

  init(_ p: Parameters, channels: Int, groups: Int, epsilon: Float) throws {
    norm = try GroupNorm(p.group_norm, channels: channels, groups: groups, epsilon: epsilon)
    func linear(_ p: Parameters) throws -> Linear {
      try Linear(p, from: channels, to: channels)
    }
    // Many published autoencoders still have the names of diffusers 0.11 and before.
    let isOld = p.contains("query")
    attention = Attention(
      query: try linear(isOld ? p.query : p.to_q),
      key: try linear(isOld ? p.key : p.to_k),
      value: try linear(isOld ? p.value : p.to_v),
      output: try linear(isOld ? p.proj_attn : p.to_out[0]),
      heads: 1)
  }

  /// Maps `[N, H, W, C]` to the same shape.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let tokens: Shape = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
    let h = norm(x, as: attention.operandType).reshaped(tokens)
    return attention(h, residual: x.reshaped(tokens)).reshaped(x.shape)
  }
}
