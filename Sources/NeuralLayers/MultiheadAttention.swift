public import Checkpoints
public import Tensors

/// Multi-head attention whose keys and values may come of different sources, with numbers that are added to the scores.
///
/// Source: Vaswani et al., "Attention Is All You Need", arXiv 1706.03762.
public struct MultiheadAttention: Sendable {
  let query, output: Linear
  let context: AttentionContext
  let heads: Int

  /// Joins projections.
  ///
  /// - Parameters:
  ///   - query: Makes queries.
  ///   - key: Makes keys.
  ///   - value: Makes values.
  ///   - output: Makes the result of all heads.
  ///   - heads: Number of heads; divides the projections' outputs.
  public init(query: Linear, key: Linear, value: Linear, output: Linear, heads: Int) {
    (self.query, self.output, self.heads) = (query, output, heads)
    context = AttentionContext(key: key, value: value, heads: heads)
  }

  /// Reads `in_proj_weight`, `in_proj_bias` and `out_proj`, as PyTorch's `nn.MultiheadAttention` has them.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, channels: Int, heads: Int) throws {
    let parts = try Linear.parts(
      3, of: p, named: ("in_proj_weight", "in_proj_bias"), from: channels, to: channels)
    self.init(
      query: parts[0], key: parts[1], value: parts[2],
      output: try Linear(p.out_proj, from: channels, to: channels), heads: heads)
  }

  /// Attends.
  ///
  /// - Parameters:
  ///   - x: Source of the queries, `[N, L, channels]`.
  ///   - keys: Source of the keys, `[N, S, channels]`.
  ///   - values: Source of the values, `[N, S, channels]`.
  ///   - bias: Added to the scaled scores; see `Tensor/attention(keys:values:heads:bias:causal:precision:as:)`.
  ///   - residual: Added last, `[N, L, channels]`.
  /// - Returns: `[N, L, channels]`.
  public func callAsFunction(
    _ x: Tensor, keys: Tensor, values: Tensor, bias: Tensor? = nil, residual: Tensor? = nil
  ) -> Tensor {
    let type = context.headType
    let answers = query(x, as: type).attention(
      keys: context.key(keys, as: type), values: context.value(values, as: type), heads: heads,
      bias: bias, precision: query.weight.precision, as: type)
    return output(answers, residual: residual)
  }
}
