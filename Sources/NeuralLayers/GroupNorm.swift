public import Checkpoints
public import Tensors

/// Group normalisation with a scale and shift for every channel.
///
/// Source: Wu and He, "Group Normalization", ECCV 2018, arXiv 1803.08494.
public struct GroupNorm: Sendable {
  let weight, bias: Tensor
  let groups: Int
  let epsilon: Float
  let activation: Activation

  /// Reads `weight` and `bias`, `[channels]`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - channels: Channels of the input.
  ///   - groups: Number of groups; divides the channels.
  ///   - epsilon: Added to the variance.
  ///   - activation: Applied in the same pass.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, channels: Int, groups: Int, epsilon: Float,
    activation: Activation = .identity
  ) throws {
    weight = try p.tensor("weight", [channels])
    bias = try p.tensor("bias", [channels])
    self.groups = groups
    self.epsilon = epsilon
    self.activation = activation
  }

  /// Normalises groups; the result has the input's shape, and the memory of one that nobody else sees.
  ///
  /// - Parameters:
  ///   - x: `[N, …, channels]`.
  ///   - type: How the result is stored: for a product, as it wants its factors.
  public func callAsFunction(_ x: consuming Tensor, as type: DType = .float32) -> Tensor {
    x.groupNorm(
      groups: groups, weight: weight, bias: bias, epsilon: epsilon, activation: activation,
      as: type)
  }
}
