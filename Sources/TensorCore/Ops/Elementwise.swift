extension Tensor {
  /// Applies a function to every element.
  public func map(_ activation: Activation) -> Tensor {
    let y = Tensor(shape, dtype, on: device)
    device.backend.map(self, into: y, activation)
    return y
  }

  /// x · sigmoid(x) of every element.
  public func silu() -> Tensor { map(.silu) }

  /// Limits every element to `-limit ... limit`; a NaN stays one.
  public func clamped(to limit: Float) -> Tensor {
    precondition(limit >= 0, "clamped: the limit \(limit) is negative")
    let y = Tensor(shape, dtype, on: device)
    device.backend.clamp(self, into: y, limit: limit)
    return y
  }

  /// Gated linear unit: the first half of each row times the GELU of the second half.
  ///
  /// - Returns: `[…, C]` for a receiver of `[…, 2C]`.
  ///
  /// Source: Shazeer, "GLU Variants Improve Transformer", arXiv 2002.05202.
  public func geglu() -> Tensor {
    precondition(shape[-1] % 2 == 0, "geglu: the last extent of \(shape) is odd")
    let y = Tensor(shape.with(last: shape[-1] / 2), dtype, on: device)
    device.backend.geglu(self, into: y)
    return y
  }

  /// Sum of scaled tensors.
  ///
  ///     y = Σ scale · tensor
  ///
  /// The result has the first tensor's shape. Another tensor may leave out leading axes or have fewer
  /// samples; it is then repeated.
  public static func combine(_ terms: [(scale: Float, tensor: Tensor)]) -> Tensor {
    let y = placeOfSum(terms.map(\.tensor))
    y.device.backend.combine(terms, into: y)
    return y
  }

  /// Sum of tensors scaled by the elements of another one.
  ///
  ///     y = Σ factors[i] · tensors[i]
  ///
  /// The result has the first tensor's shape; others may be repeated, as in ``combine(_:)``. What is not
  /// finite in a tensor does not come through a factor of zero.
  ///
  /// - Parameters:
  ///   - tensors: At least one; the first has the result's shape.
  ///   - factors: `[tensors.count]`.
  public static func combine(_ tensors: [Tensor], factors: Tensor) -> Tensor {
    precondition(
      factors.shape == [tensors.count],
      "combine: factors \(factors.shape) must be [\(tensors.count)]")
    let y = placeOfSum(tensors)
    y.device.backend.combine(tensors, factors: factors, into: y)
    return y
  }

  /// Memory for a sum, whose terms are checked.
  private static func placeOfSum(_ tensors: [Tensor]) -> Tensor {
    precondition(!tensors.isEmpty, "combine: there is nothing to add")
    let first = tensors[0]
    for other in tensors.dropFirst() {
      let tail = first.shape.dimensions.suffix(max(other.shape.rank - 1, 1))
      precondition(
        other.shape.dimensions.suffix(tail.count) == tail
          && other.shape.count > 0 && first.shape.count % other.shape.count == 0,
        "combine: \(other.shape) cannot be repeated to fill \(first.shape)")
    }
    return Tensor(first.shape, first.dtype, on: first.device)
  }

  /// Sum of two tensors; the right one may be repeated along leading axes.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    combine([(1, left), (1, right)])
  }

  /// Every element times a number.
  public static func * (scale: Float, tensor: Tensor) -> Tensor { combine([(scale, tensor)]) }

  /// The same elements in another storage type; the receiver itself when it has that type already.
  ///
  /// Rounds to nearest, ties to even. Integers become `float32` only, and nothing becomes integers.
  public func cast(to type: DType) -> Tensor {
    if type == dtype { return self }
    let y = Tensor(shape, type, on: device)
    device.backend.cast(self, into: y)
    return y
  }
}
