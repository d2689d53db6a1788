public import Checkpoints
public import Tensors

/// Layer normalisation with a scale and shift for every channel.
///
/// Source: Ba, Kiros and Hinton, "Layer Normalization", arXiv 1607.06450.
public struct LayerNorm: Sendable {
  let weight, bias: Tensor
  let epsilon: Float

  /// Reads `weight` and `bias`, `[channels]`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - channels: Channels of the input.
  ///   - epsilon: Added to the variance; PyTorch's default.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, channels: Int, epsilon: Float = 1e-5) throws {
    weight = try p.tensor("weight", [channels])
    bias = try p.tensor("bias", [channels])
    self.epsilon = epsilon
  }

  /// Normalises rows; the result has the input's shape.
  ///
  /// - Parameters:
  ///   - x: `[…, channels]`.
  ///   - type: How the result is stored: for a product, as it wants its operands.
  public func callAsFunction(_ x: Tensor, as type: DType = .float32) -> Tensor {
    x.layerNorm(weight: weight, bias: bias, epsilon: epsilon, as: type)
  }
}
