import Checkpoints
import NeuralLayers
import Tensors

/// Lets pixels attend to themselves and to objects in boxes, as far as its gates are open; diffusers' class of this name,
/// called `fuser` in a transformer block.
///
///     x += tanh(α₁) · attention(norm₁([x; objects]))
///     x += tanh(α₂) · feedForward(norm₂(x))
///
/// Source: Li et al., "GLIGEN: Open-Set Grounded Text-to-Image Generation", CVPR 2023, arXiv 2301.07093.
struct GatedSelfAttentionDense: Sendable {
  let linear: Linear
  let norm1, norm2: LayerNorm
  let attention: Attention
  let feedForward: FeedForward
  /// The factors of the input and of what is added to it, `[2]`: 1 and a gate.
  let attentionGate, denseGate: Tensor

  init(_ p: Parameters, channels: Int, contextChannels: Int, heads: Int) throws {
    linear = try Linear(p.linear, from: contextChannels, to: channels)
    norm1 = try LayerNorm(p.norm1, channels: channels)
    attention = try Attention(p.attn, channels: channels, heads: heads)
    norm2 = try LayerNorm(p.norm2, channels: channels)
    feedForward = try FeedForward(p.ff, channels: channels)
    attentionGate = Self.factors(try p.tensor("alpha_attn", []))
    denseGate = Self.factors(try p.tensor("alpha_dense", []))
  }

  /// 1 and tanh α = 2 · sigmoid(2α) − 1.
  private static func factors(_ alpha: Tensor) -> Tensor {
    let one = Tensor(repeating: 1, [1], on: alpha.device)
    let sigmoid = (2 * alpha.reshaped([1])).map(.sigmoid)
    return .concatenate([one, Tensor.combine([(2, sigmoid), (-1, one)])])
  }

  /// What the attention makes of objects, which is the same in every step.
  ///
  /// - Parameter objects: Their tokens, `[N, slots, contextChannels]`.
  func project(_ objects: Tensor) -> KeysAndValues {
    attention.project(norm1(linear(objects), as: attention.operandType))
  }

  /// - Parameters:
  ///   - x: Pixels as tokens, `[N, H·W, C]`.
  ///   - objects: From ``project(_:)``.
  /// - Returns: `[N, H·W, C]`.
  func callAsFunction(_ x: Tensor, objects: KeysAndValues) -> Tensor {
    let queries = norm1(x, as: attention.operandType)
    let context = attention.project(queries).joined(with: objects)
    let attended = Tensor.combine(
      [x, attention(queries, context: context)], coefficients: attentionGate)
    let dense = feedForward(norm2(attended, as: feedForward.operandType))
    return .combine([attended, dense], coefficients: denseGate)
  }
}
