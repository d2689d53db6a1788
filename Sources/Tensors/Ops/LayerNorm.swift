/// What a layer normalisation needs besides its input.
public struct LayerNormOptions: Sendable {
  /// Scale, `[C]`.
  public let weight: Tensor
  /// Shift, `[C]`.
  public let bias: Tensor
  /// Added to the variance.
  public let epsilon: Float
}

extension Tensor {
  /// Normalises each row, then scales and shifts every channel.
  ///
  ///     y = (x − mean) / √(variance + ε) · weight + bias
  ///
  /// - Parameters:
  ///   - weight: Scale, `[C]`.
  ///   - bias: Shift, `[C]`.
  ///   - epsilon: Added to the variance.
  ///   - type: How the result is stored; see ``PackedWeight/operandType``.
  /// - Returns: A tensor of the receiver's shape, `[…, C]`.
  /// - Complexity: A pass over memory: a row is read three times, the last two from a cache.
  ///
  /// Source: Ba, Kiros and Hinton, "Layer Normalization", arXiv 1607.06450.
  public func layerNorm(
    weight: Tensor, bias: Tensor, epsilon: Float = 1e-5, as type: DType = .float32
  ) -> Tensor {
    precondition(
      weight.shape == [shape[-1]] && bias.shape == [shape[-1]],
      "layerNorm: weight \(weight.shape) and bias \(bias.shape) must be [\(shape[-1])]")
    let y = Tensor(shape, type, on: device)
    device.backend.layerNorm(
      self, into: y, LayerNormOptions(weight: weight, bias: bias, epsilon: epsilon))
    return y
  }
}
