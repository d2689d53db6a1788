/// What a product does with its result before storing it: `y = act(x·Wᵀ + bias) + residual`.
public struct MatmulOptions: Sendable {
  /// Added to every row, `[outputs]`.
  public var bias: Tensor?
  /// Applied after the bias.
  public var activation: Activation
  /// Added last, of the result's shape.
  public var residual: Tensor?
  /// How the result is stored; see ``PackedWeight/operandType``.
  public var type: DType

  /// Collects the options; by default nothing is done.
  public init(
    bias: Tensor? = nil, activation: Activation = .identity, residual: Tensor? = nil,
    type: DType = .float32
  ) {
    self.type = type
    self.bias = bias
    self.activation = activation
    self.residual = residual
  }
}

extension Tensor {
  /// Multiplies every row with a matrix.
  ///
  ///     y = act(x·Wᵀ + bias) + residual
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs]` matrix; `inputs` is the receiver's last extent.
  ///   - options: Bias, activation and residual, done while the result is stored.
  /// - Returns: `[…, outputs]`.
  /// - Complexity: inputs · outputs products for each row. The weight is read once for some hundred rows at
  ///   a time: few rows wait for memory, many for the products.
  public func matmul(_ weight: PackedWeight, _ options: MatmulOptions = .init()) -> Tensor {
    precondition(
      weight.kernelHeight == 1 && weight.kernelWidth == 1 && shape[-1] == weight.inputs,
      "matmul: \(shape) does not fit a weight of \(weight.shape)")
    let y = Tensor(shape.with(last: weight.outputs), options.type, on: device)
    options.check(result: y.shape, operation: "matmul")
    // The first axis stays the batch: a backend may treat each sample by itself.
    let samples = shape.rank > 1 ? shape[0] : 1
    let rows = shape.rows / max(samples, 1)
    device.backend.conv2D(
      reshaped([samples, 1, rows, shape[-1]]), weight,
      into: y.reshaped([samples, 1, rows, weight.outputs]),
      Conv2DOptions(
        bias: options.bias, activation: options.activation, residual: options.residual))
    return y
  }
}

extension MatmulOptions {
  func check(result: Shape, operation: String) {
    if let bias {
      precondition(
        bias.shape == [result[-1]], "\(operation): bias \(bias.shape) must be [\(result[-1])]")
    }
    if let residual {
      precondition(
        residual.shape == result, "\(operation): residual \(residual.shape) must be \(result)")
    }
  }
}
