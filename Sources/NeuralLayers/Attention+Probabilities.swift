public import Tensors

extension Attention {
  /// How much each query attends to each key: the mean over the heads.
  ///
  ///     p = mean over heads of softmax(q · kᵀ / √d)
  ///
  /// The attention itself never writes these down, so they are computed once more beside it, a head and a sample at
  /// a time, for whoever wants to look.
  ///
  /// - Parameters:
  ///   - x: Source of the queries, `[N, L, channels]`.
  ///   - context: From ``project(_:)``, `[N, S, …]`.
  /// - Returns: `[N, L, S]`; each row adds up to 1.
  /// - Complexity: Work of N · heads products of `[L, d]` and `[d, S]`, and as much memory as two results.
  public func probabilities(_ x: Tensor, context: KeysAndValues) -> Tensor {
    precondition(!causal, "probabilities: what is masked is not left out")
    let (queries, keys) = (query(x, as: .float32), context.keys.cast(to: .float32))
    return .stack(
      samples: (0..<x.shape[0]).map { sample in
        mean(of: queries.samples(sample..<sample + 1), keys.samples(sample..<sample + 1))
      })
  }

  /// Of one sample.
  private func mean(of queries: Tensor, _ keys: Tensor) -> Tensor {
    let size = queries.shape[2] / heads
    return .combine(
      (0..<heads).map { head in
        let channels = head * size..<(head + 1) * size
        let headKeys = keys.channels(channels).reshaped([keys.shape[1], size])
        let scores = queries.channels(channels).matmul(PackedWeight(matrix: headKeys))
        let scaled = (1 / Float(size).squareRoot()) * scores
        return (1 / Float(heads), scaled.softmax())
      })
  }
}
