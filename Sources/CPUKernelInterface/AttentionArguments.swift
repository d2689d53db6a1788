/// Attention over raw memory. Legend: N samples, L queries, S keys, C = heads·size channels.
package struct AttentionArguments: @unchecked Sendable {
  /// `[N, L, C]`.
  package var queries: UnsafePointer<Float>
  /// `[N, S, C]`.
  package var keys, values: UnsafePointer<Float>
  /// `[N, L, C]`.
  package var y: UnsafeMutablePointer<Float>
  package var samples, queryCount, keyCount, heads, headSize: Int
  package var scale: Float
  package var causal: Bool
  package var operands: AttentionOperands
  package var bias: ScoreBias?

  package init(
    queries: UnsafePointer<Float>, keys: UnsafePointer<Float>, values: UnsafePointer<Float>,
    y: UnsafeMutablePointer<Float>, samples: Int, queryCount: Int, keyCount: Int, heads: Int,
    headSize: Int, scale: Float, causal: Bool, operands: AttentionOperands, bias: ScoreBias?
  ) {
    (self.queries, self.keys, self.values, self.y) = (queries, keys, values, y)
    (self.samples, self.queryCount, self.keyCount) = (samples, queryCount, keyCount)
    (self.heads, self.headSize) = (heads, headSize)
    (self.scale, self.causal, self.operands, self.bias) = (scale, causal, operands, bias)
  }

  /// C, the channels of a row.
  package var channels: Int { heads * headSize }
}

/// What is added to the scores of attention.
package struct ScoreBias: @unchecked Sendable {
  /// `[samples, heads, S, L]`, with one head for all or one for each.
  package var numbers: UnsafePointer<Float>
  package var samples, heads: Int

  package init(numbers: UnsafePointer<Float>, samples: Int, heads: Int) {
    (self.numbers, self.samples, self.heads) = (numbers, samples, heads)
  }
}
