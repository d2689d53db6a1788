extension Tensor {
  /// Applies a function to every element.
  ///
  /// - Complexity: A pass over memory: every element is read and written once.
  public func map(_ activation: Activation) -> Tensor {
    let y = Tensor(shape, dtype, on: device)
    device.backend.map(self, into: y, activation)
    return y
  }

  /// x · sigmoid(x) of every element.
  public func silu() -> Tensor { map(.silu) }
}
