extension Tensor {
  /// Enlarges a feature map by repeating its nearest pixels, as PyTorch's `interpolate(mode="nearest")`.
  ///
  /// The quotient is rounded to single precision before it is multiplied, as PyTorch does: for some
  /// sizes, of which 14 to 46 are the first, a pixel then comes from the neighbour.
  ///
  /// - Returns: `[N, height, width, C]` with `y[h, w] = x[⌊h·(H/height)⌋, ⌊w·(W/width)⌋]`.
  public func upsampleNearest(height: Int, width: Int) -> Tensor {
    precondition(shape.rank == 4, "upsampleNearest: \(shape) is not a feature map")
    let y = Tensor([shape[0], height, width, shape[3]], dtype, on: device)
    device.backend.upsampleNearest(self, into: y)
    return y
  }

  /// Halves a feature map by the mean of 2×2 windows.
  ///
  /// At an odd border the window is cut off and its mean taken over what is left, as PyTorch does with
  /// `ceil_mode=True`.
  ///
  /// - Returns: `[N, ⌈H/2⌉, ⌈W/2⌉, C]`.
  public func averagePool() -> Tensor {
    precondition(shape.rank == 4, "averagePool: \(shape) is not a feature map")
    let y = Tensor(
      [shape[0], (shape[1] + 1) / 2, (shape[2] + 1) / 2, shape[3]], dtype, on: device)
    device.backend.averagePool(self, into: y)
    return y
  }

  /// Moves blocks of pixels into channels, as PyTorch's `PixelUnshuffle`.
  ///
  ///     y[n, h, w, c·f² + dy·f + dx] = x[n, h·f + dy, w·f + dx, c]
  ///
  /// - Parameter factor: Side f of a block; divides height and width.
  /// - Returns: `[N, H/f, W/f, C·f²]`.
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

  /// Spreads the pixels of a feature map, with zeros between them.
  ///
  ///     y[n, s·h, s·w, c] = x[n, h, w, c]
  ///
  /// A transposed convolution is a convolution of the result with the flipped window.
  ///
  /// - Returns: `[N, (H−1)·s + 1, (W−1)·s + 1, C]`.
  public func insertZeros(stride: Int) -> Tensor {
    precondition(shape.rank == 4, "insertZeros: \(shape) is not a feature map")
    let y = Tensor(
      [shape[0], (shape[1] - 1) * stride + 1, (shape[2] - 1) * stride + 1, shape[3]], dtype,
      on: device)
    device.backend.insertZeros(self, into: y, stride: stride)
    return y
  }
}
