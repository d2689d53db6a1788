extension Tensor {
  /// Limits every element to a range; a NaN stays one.
  ///
  /// - Complexity: A pass over memory: every element is read and written once.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    let y = Tensor(shape, dtype, on: device)
    device.backend.clamp(self, into: y, to: range)
    return y
  }

  /// Limits every element to `-limit ... limit`; a NaN stays one.
  public func clamped(to limit: Float) -> Tensor {
    precondition(limit >= 0, "clamped: the limit \(limit) is negative")
    return clamped(to: -limit...limit)
  }
}
