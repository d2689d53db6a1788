extension Tensor {
  /// Gated linear unit: the first half of each row times the GELU of the second half.
  ///
  /// - Returns: `[…, C]` for a receiver of `[…, 2C]`.
  /// - Complexity: A pass over memory; ``gatedMatmul(_:bias:as:)`` saves it.
  ///
  /// Source: Shazeer, "GLU Variants Improve Transformer", arXiv 2002.05202.
  public func geglu() -> Tensor {
    precondition(shape[-1] % 2 == 0, "geglu: the last extent of \(shape) is odd")
    let y = Tensor(shape.with(last: shape[-1] / 2), dtype, on: device)
    device.backend.geglu(self, into: y)
    return y
  }
}
