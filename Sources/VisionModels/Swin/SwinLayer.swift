import Checkpoints
import NeuralLayers
import Tensors

/// Attention within windows, and two matrices.
struct SwinLayer: Sendable {
  let normBefore, normAfter: LayerNorm
  let attention: MultiheadAttention
  /// For each head the numbers of scores by how far apart two tokens are, `[(2·side − 1)², heads]`.
  let relativeBias: Tensor
  let expand, contract: Linear

  /// Reads `layernorm_before`, `attention`, `layernorm_after`, `intermediate` and `output`.
  init(_ p: Parameters, stage: Int, _ configuration: SwinConfiguration) throws {
    let channels = configuration.channels[stage]
    let (heads, epsilon) = (configuration.numHeads[stage], configuration.layerNormEps)
    let (places, own) = (2 * configuration.windowSize - 1, p.attention["self"])
    func projection(_ name: String) throws -> Linear {
      try Linear(own[name], from: channels, to: channels, bias: configuration.qkvBias)
    }
    normBefore = try LayerNorm(p.layernorm_before, channels: channels, epsilon: epsilon)
    attention = MultiheadAttention(
      query: try projection("query"), key: try projection("key"), value: try projection("value"),
      output: try Linear(p.attention.output.dense, from: channels, to: channels), heads: heads)
    relativeBias = try own.tensor("relative_position_bias_table", [places * places, heads])
    normAfter = try LayerNorm(p.layernorm_after, channels: channels, epsilon: epsilon)
    let wide = Int(configuration.mlpRatio * Double(channels))
    expand = try Linear(
      p.intermediate.dense, from: channels, to: wide,
      activation: configuration.hiddenAct.activation)
    contract = try Linear(p.output.dense, from: wide, to: channels)
  }

  /// - Parameters:
  ///   - x: `[N, H, W, C]`.
  ///   - windows: How maps of this size are divided.
  func callAsFunction(_ x: Tensor, _ windows: SwinWindows) -> Tensor {
    let tokens = windows.split(normBefore(x))
    let bias = windows.bias(relativeBias)
    let attended = windows.kinds.map { kind in
      let part = tokens.samples(kind.windows)
      return attention(
        part, keys: part, values: part, bias: kind.mask.map { bias + $0 } ?? bias)
    }
    let h = x + windows.join(attended)
    return contract(expand(normAfter(h), as: contract.operandType), residual: h)
  }
}
