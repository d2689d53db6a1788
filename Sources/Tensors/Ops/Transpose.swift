extension Tensor {
  /// Exchanges the last two axes of a `[N, A, B]` tensor.
  ///
  /// - Complexity: A pass over memory, in tiles that fit into a cache.
  public func transposed() -> Tensor {
    precondition(shape.rank == 3, "transposed: \(shape) does not have three axes")
    let y = Tensor([shape[0], shape[2], shape[1]], dtype, on: device)
    device.backend.transpose(self, into: y)
    return y
  }

  /// A channels-first feature map, as other programs store it, in this engine's order.
  ///
  /// - Returns: `[N, H, W, C]` for a receiver of `[N, C, H, W]`.
  public func channelsLast() -> Tensor {
    precondition(shape.rank == 4, "channelsLast: \(shape) is not a feature map")
    return reshaped([shape[0], shape[1], shape[2] * shape[3]]).transposed()
      .reshaped([shape[0], shape[2], shape[3], shape[1]])
  }

  /// A feature map in the order in which other programs store it.
  ///
  /// - Returns: `[N, C, H, W]` for a receiver of `[N, H, W, C]`.
  public func channelsFirst() -> Tensor {
    precondition(shape.rank == 4, "channelsFirst: \(shape) is not a feature map")
    return reshaped([shape[0], shape[1] * shape[2], shape[3]]).transposed()
      .reshaped([shape[0], shape[3], shape[1], shape[2]])
  }
}
