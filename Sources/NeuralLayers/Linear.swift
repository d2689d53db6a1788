public import Checkpoints
public import Tensors

/// A matrix with an optional bias: `y = act(x·Wᵀ + bias) + residual`.
public struct Linear: Sendable {
  let weight: PackedWeight
  let bias: Tensor?
  let activation: Activation

  /// Reads `weight`, `[outputs, inputs]`, and `bias`, `[outputs]`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of the result.
  ///   - bias: Whether there is a bias.
  ///   - storedAsKernel: Whether the file has the matrix as the kernel of a 1×1 convolution,
  ///     `[outputs, inputs, 1, 1]`.
  ///   - activation: Applied after the bias.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, from inputs: Int, to outputs: Int, bias: Bool = true,
    storedAsKernel: Bool = false, activation: Activation = .identity
  ) throws {
    let matrix: Shape = [outputs, inputs]
    let stored = try p.tensor("weight", storedAsKernel ? [outputs, inputs, 1, 1] : matrix)
    weight = p.pack(stored.reshaped(matrix))
    self.bias = bias ? try p.tensor("bias", [outputs]) : nil
    self.activation = activation
  }

  /// Wraps a matrix that was made of what is stored.
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs]` matrix.
  ///   - bias: `[outputs]`.
  ///   - activation: Applied after the bias.
  public init(_ weight: PackedWeight, bias: Tensor? = nil, activation: Activation = .identity) {
    (self.weight, self.bias, self.activation) = (weight, bias, activation)
  }

  /// Multiplies every row.
  ///
  /// - Parameters:
  ///   - x: `[…, inputs]`.
  ///   - residual: Added last, `[…, outputs]`.
  ///   - type: How the result is stored: for another product, as that wants its operands.
  /// - Returns: `[…, outputs]`.
  public func callAsFunction(
    _ x: Tensor, residual: Tensor? = nil, as type: DType = .float32
  ) -> Tensor {
    x.matmul(
      weight, MatmulOptions(bias: bias, activation: activation, residual: residual, type: type))
  }

  /// How an input is best stored that nothing else reads.
  public var operandType: DType { weight.operandType }
}
