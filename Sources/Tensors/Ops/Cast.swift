extension Tensor {
  /// The same elements in another storage type; the receiver itself when it has that type already.
  ///
  /// Rounds to nearest, ties to even. Integers become `float32` only, and nothing becomes integers.
  ///
  /// - Complexity: A pass over memory, or nothing.
  public func cast(to type: DType) -> Tensor {
    if type == dtype { return self }
    let y = Tensor(shape, type, on: device)
    device.backend.cast(self, into: y)
    return y
  }
}
