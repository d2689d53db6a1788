/// What a group normalisation needs besides its input.
public struct GroupNormOptions: Sendable {
  /// Number of groups; divides the channels.
  public let groups: Int
  /// Scale, `[C]`; absent for an instance normalisation without parameters.
  public let weight: Tensor?
  /// Shift, `[C]`.
  public let bias: Tensor?
  /// Added to the variance.
  public let epsilon: Float
  /// Applied in the same pass.
  public let activation: Activation
}

extension Tensor {
  /// Normalises each group of channels, then scales and shifts every channel.
  ///
  ///     y = act((x − mean) / √(variance + ε) · weight + bias)
  ///
  /// Mean and variance run over height, width and the channels of one group, for each sample. A
  /// receiver that is consumed here and seen nowhere else gives its memory to the result.
  ///
  /// - Parameters:
  ///   - groups: Number of groups. Must divide the channel count; as many as channels makes it an
  ///     instance normalisation.
  ///   - weight: Scale, `[C]`, or nil for 1.
  ///   - bias: Shift, `[C]`, or nil for 0.
  ///   - epsilon: Added to the variance, in units of the variance.
  ///   - activation: Applied in the same pass.
  ///   - type: How the result is stored; see ``PackedWeight/operandType``.
  /// - Returns: A tensor of the receiver's shape, `[N, …, C]`.
  /// - Complexity: Two passes over memory: one that finds the moments, in chunks that are read again from
  ///   a cache, and one that normalises.
  ///
  /// Source: Wu and He, "Group Normalization", ECCV 2018, arXiv 1803.08494.
  public consuming func groupNorm(
    groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float,
    activation: Activation = .identity, as type: DType = .float32
  ) -> Tensor {
    let channels = shape[-1]
    precondition(
      groups > 0 && channels % groups == 0,
      "groupNorm: \(groups) groups do not divide the channels of \(shape)")
    for parameter in [weight, bias].compactMap({ $0 }) {
      precondition(
        parameter.shape == [channels],
        "groupNorm: weight or bias \(parameter.shape) must be [\(channels)]")
    }
    let y = type == dtype ? placeOfResult() : Tensor(shape, type, on: device)
    device.backend.groupNorm(
      self, into: y,
      GroupNormOptions(
        groups: groups, weight: weight, bias: bias, epsilon: epsilon, activation: activation))
    return y
  }
}
