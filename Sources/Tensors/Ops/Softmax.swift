extension Tensor {
  /// Turns every row into shares that add up to 1.
  ///
  ///     y[…, c] = exp(x[…, c] − m) / Σ exp(x[…, k] − m),   m the largest of the row
  ///
  /// What is −∞ gets no share; a row of nothing else, or with a NaN, becomes NaNs, as in PyTorch.
  ///
  /// - Returns: A tensor of the receiver's shape, the sums going along its last axis.
  /// - Complexity: Two exponentials for each element at most. A row is read three times, which costs a
  ///   pass over memory where it fits into a cache.
  public func softmax() -> Tensor {
    precondition(shape.rank > 0 && shape[-1] > 0, "softmax: \(shape) has no rows to be shared out")
    let y = Tensor(shape, on: device)
    device.backend.softmax(self, into: y)
    return y
  }
}
