/// How attention is computed.
public struct AttentionOptions: Sendable {
  /// Number of heads; divides the channels.
  public let heads: Int
  /// Operand on the scores, 1/√(channels of a head).
  public let scale: Float
  /// Whether a query sees only keys at its own position or before.
  public let causal: Bool
  /// How the two products round their operands.
  public let precision: ProductPrecision
  /// Added to the scaled scores, `[B, 1 or heads, S, L]`; see
  /// ``Tensor/attention(keys:values:heads:bias:causal:precision:as:)``.
  public let bias: Tensor?
}

extension Tensor {
  /// Scaled dot-product attention, the receiver being the queries.
  ///
  ///     y = softmax(q·kᵀ / √d + bias) · v     for each head of d channels
  ///
  /// - Parameters:
  ///   - keys: `[N, S, C]`.
  ///   - values: `[N, S, C]`.
  ///   - heads: Number of heads; head h owns channels h·d ..< (h+1)·d.
  ///   - bias: Added to the scaled scores: for each key the numbers of all queries, `[B, heads, S, L]`, or
  ///     `[B, 1, S, L]` for all heads. Sample n gets number n modulo B. −∞ hides a key from a query, which has
  ///     to see some other one.
  ///   - causal: Whether query i sees only keys 0...i.
  ///   - precision: How the two products round their operands.
  ///   - type: How the result is stored; see ``PackedWeight/operandType``.
  /// - Returns: `[N, L, C]`, the receiver's shape.
  /// - Complexity: 2·L·S products for each channel of a sample, half as many where it is causal. Scores are
  ///   never in memory: keys and values are read once for every block of queries.
  ///
  /// Source: Vaswani et al., "Attention Is All You Need", arXiv 1706.03762.
  public func attention(
    keys: Tensor, values: Tensor, heads: Int, bias: Tensor? = nil, causal: Bool = false,
    precision: ProductPrecision = .float32, as type: DType = .float32
  ) -> Tensor {
    precondition(
      shape.rank == 3 && keys.shape == values.shape && keys.shape.rank == 3
        && keys.shape[0] == shape[0] && keys.shape[2] == shape[2],
      "attention: queries \(shape), keys \(keys.shape) and values \(values.shape) do not fit")
    Self.requireOneType([self, keys, values], operation: "attention")
    precondition(
      heads > 0 && shape[2] % heads == 0, "attention: \(heads) heads do not divide \(shape)")
    precondition(
      !causal || keys.shape[1] == shape[1],
      "attention: causal needs as many keys \(keys.shape) as queries \(shape)")
    if let bias {
      precondition(
        bias.shape.rank == 4 && bias.dtype == .float32 && bias.shape[0] > 0
          && shape[0] % bias.shape[0] == 0 && [1, heads].contains(bias.shape[1])
          && bias.shape[2] == keys.shape[1] && bias.shape[3] == shape[1],
        "attention: bias \(bias.shape) does not fit queries \(shape), keys \(keys.shape) and \(heads) heads"
      )
    }
    let y = Tensor(shape, type, on: device)
    device.backend.attention(
      self, keys, values, into: y,
      AttentionOptions(
        heads: heads, scale: 1 / Float(shape[2] / heads).squareRoot(), causal: causal,
        precision: precision, bias: bias))
    return y
  }
}
