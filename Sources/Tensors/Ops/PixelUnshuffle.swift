extension Tensor {
  /// Moves blocks of pixels into channels, as PyTorch's `PixelUnshuffle`.
  ///
  ///     y[n, h, w, c·f² + dy·f + dx] = x[n, h·f + dy, w·f + dx, c]
  ///
  /// - Parameter factor: Side f of a block; divides height and width.
  /// - Returns: `[N, H/f, W/f, C·f²]`.
  /// - Complexity: A pass over memory.
  public func pixelUnshuffle(_ factor: Int) -> Tensor {
    precondition(
      shape.rank == 4 && shape[1] % factor == 0 && shape[2] % factor == 0,
      "pixelUnshuffle: \(factor) does not divide height and width of \(shape)")
    let y = Tensor(
      [shape[0], shape[1] / factor, shape[2] / factor, shape[3] * factor * factor], dtype,
      on: device)
    device.backend.pixelUnshuffle(self, into: y, factor: factor)
    return y
  }
}
