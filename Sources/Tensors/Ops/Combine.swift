extension Tensor {
  /// Sum of scaled tensors.
  ///
  ///     y = Σ scale · tensor
  ///
  /// The result has the first tensor's shape. Another tensor may leave out leading axes or have fewer
  /// samples; it is then repeated.
  ///
  /// - Complexity: Every tensor is read once and the result written once, however many there are.
  public static func combine(_ terms: [(scale: Float, tensor: Tensor)]) -> Tensor {
    let y = placeOfSum(terms.map(\.tensor))
    y.device.backend.combine(terms, into: y)
    return y
  }

  /// Sum of tensors scaled by the elements of another one.
  ///
  ///     y = Σ coefficients[i] · tensors[i]
  ///
  /// The result has the first tensor's shape; others may be repeated, as in ``combine(_:)``. What is not
  /// finite in a tensor does not come through a coefficient of zero.
  ///
  /// - Parameters:
  ///   - tensors: At least one; the first has the result's shape.
  ///   - coefficients: `[tensors.count]`.
  public static func combine(_ tensors: [Tensor], coefficients: Tensor) -> Tensor {
    precondition(
      coefficients.shape == [tensors.count],
      "combine: coefficients \(coefficients.shape) must be [\(tensors.count)]")
    let y = placeOfSum(tensors)
    y.device.backend.combine(tensors, coefficients: coefficients, into: y)
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
}
