extension Tensor {
  /// Spreads the pixels of a feature map, with zeros between them.
  ///
  ///     y[n, s·h, s·w, c] = x[n, h, w, c]
  ///
  /// A transposed convolution is a convolution of the result with the flipped kernel.
  ///
  /// - Returns: `[N, (H−1)·s + 1, (W−1)·s + 1, C]`.
  /// - Complexity: A pass over memory, which writes s² times as much as it reads.
  public func insertZeros(stride: Int) -> Tensor {
    precondition(shape.rank == 4, "insertZeros: \(shape) is not a feature map")
    let y = Tensor(
      [shape[0], (shape[1] - 1) * stride + 1, (shape[2] - 1) * stride + 1, shape[3]], dtype,
      on: device)
    device.backend.insertZeros(self, into: y, stride: stride)
    return y
  }
}
