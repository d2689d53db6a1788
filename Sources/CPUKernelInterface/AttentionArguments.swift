/// Attention over raw memory. Legend: N samples, L queries, S keys, C = heads·size channels.
public struct AttentionArguments: @unchecked Sendable {
  /// `[N, L, C]`.
  public var queries: UnsafePointer<Float>
  /// `[N, S, C]`.
  public var keys, values: UnsafePointer<Float>
  /// `[N, L, C]`.
  public var y: UnsafeMutablePointer<Float>
  public var samples, queryCount, keyCount, heads, headSize: Int
  public var scale: Float
  public var causal: Bool

  public init(
    queries: UnsafePointer<Float>, keys: UnsafePointer<Float>, values: UnsafePointer<Float>,
    y: UnsafeMutablePointer<Float>, samples: Int, queryCount: Int, keyCount: Int, heads: Int,
    headSize: Int, scale: Float, causal: Bool
  ) {
    (self.queries, self.keys, self.values, self.y) = (queries, keys, values, y)
    (self.samples, self.queryCount, self.keyCount) = (samples, queryCount, keyCount)
    (self.heads, self.headSize) = (heads, headSize)
    (self.scale, self.causal) = (scale, causal)
  }

  /// C, the channels of a row.
  public var channels: Int { heads * headSize }
}
