public import Checkpoints
public import Tensors

/// Multi-head attention with its four projections; diffusers' `Attention`.
///
/// Source: Vaswani et al., "Attention Is All You Need", arXiv 1706.03762.
public struct Attention: Sendable {
  let query, output: Linear
  let context: AttentionContext
  let heads: Int
  let causal: Bool

  /// Joins projections that were read under other names.
  ///
  /// - Parameters:
  ///   - query: Makes queries of the one source.
  ///   - key: Makes keys of the other source.
  ///   - value: Makes values of the other source.
  ///   - output: Makes the result of all heads.
  ///   - heads: Number of heads; divides the projections' outputs.
  ///   - causal: Whether a query sees only keys at its own position or before; a single query stands behind all keys.
  public init(
    query: Linear, key: Linear, value: Linear, output: Linear, heads: Int, causal: Bool = false
  ) {
    (self.query, self.output) = (query, output)
    context = AttentionContext(key: key, value: value, heads: heads)
    self.heads = heads
    self.causal = causal
  }

  /// Reads `to_q`, `to_k`, `to_v` and `to_out.0`.
  ///
  /// - Parameters:
  ///   - p: Where the projections are.
  ///   - channels: Channels of the queries' source and of the result.
  ///   - contextChannels: Channels of the keys' and values' source; as `channels` for self-attention.
  ///   - heads: Number of heads; divides `channels`.
  ///   - bias: Whether queries, keys and values have a bias; the output always has one.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, channels: Int, contextChannels: Int? = nil, heads: Int, bias: Bool = false
  ) throws {
    let context = contextChannels ?? channels
    // A prompt is read once, and everything looks at it.
    let source = contextChannels == nil ? p : p.unquantised
    self.init(
      query: try Linear(p.to_q, from: channels, to: channels, bias: bias),
      key: try Linear(source.to_k, from: context, to: channels, bias: bias),
      value: try Linear(source.to_v, from: context, to: channels, bias: bias),
      output: try Linear(p.to_out[0], from: channels, to: channels),
      heads: heads)
  }

  /// How an input is best stored that nothing else reads.
  public var operandType: DType { query.operandType }

  /// What queries attend to, so that many can share it.
  ///
  /// - Parameter source: Source of keys and values, `[N, S, contextChannels]`.
  public func project(_ source: Tensor) -> KeysAndValues { context(source) }

  /// Attends to a context.
  ///
  /// - Parameters:
  ///   - x: Source of the queries, `[N, L, channels]`.
  ///   - context: From ``project(_:)``.
  ///   - residual: Added last, `[N, L, channels]`.
  /// - Returns: `[N, L, channels]`.
  public func callAsFunction(
    _ x: Tensor, context: KeysAndValues, residual: Tensor? = nil
  ) -> Tensor {
    let queries = query(x, as: self.context.headType)
    return output(
      answers(to: queries, context, as: self.context.headType), residual: residual)
  }

  /// Attends to several contexts, each by itself, and adds what they answer.
  ///
  ///     y = output(Σ scale · attention(query(x), context)) + residual
  ///
  /// - Parameters:
  ///   - x: Source of the queries, `[N, L, channels]`.
  ///   - contexts: At least one, from ``project(_:)`` or from an ``AttentionContext`` of as many channels and heads.
  ///   - residual: Added last, `[N, L, channels]`.
  /// - Returns: `[N, L, channels]`.
  public func callAsFunction(
    _ x: Tensor, contexts: [(scale: Float, context: KeysAndValues)], residual: Tensor? = nil
  ) -> Tensor {
    if contexts.count == 1 && contexts[0].scale == 1 {
      return self(x, context: contexts[0].context, residual: residual)
    }
    let queries = query(x, as: context.headType)
    let sum = Tensor.combine(
      contexts.map { ($0.scale, answers(to: queries, $0.context, as: .float32)) })
    return output(sum, residual: residual)
  }

  private func answers(to queries: Tensor, _ context: KeysAndValues, as type: DType) -> Tensor {
    // The one query at the end of many keys sees them all.
    queries.attention(
      keys: context.keys, values: context.values, heads: heads,
      causal: causal && queries.shape[1] > 1,
      precision: query.weight.precision, as: type)
  }

  /// Attends to the input itself.
  ///
  /// - Parameters:
  ///   - x: Source of queries, keys and values, `[N, L, channels]`.
  ///   - residual: Added last, `[N, L, channels]`.
  /// - Returns: `[N, L, channels]`.
  public func callAsFunction(_ x: Tensor, residual: Tensor? = nil) -> Tensor {
    self(x, context: project(x), residual: residual)
  }
}
