extension Tensor {
  /// Matrix product whose second half gates the first: a gated linear unit.
  ///
  ///     y = (x·Vᵀ + bias) ⊙ gelu(x·Gᵀ + bias)
  ///
  /// - Parameters:
  ///   - weight: The matrices V and G, one above the other, packed as `[2·outputs, inputs]`.
  ///   - bias: Added to both products, `[2·outputs]`.
  ///   - type: How the result is stored; see ``PackedWeight/operandType``.
  /// - Returns: `[…, outputs]`.
  /// - Complexity: 2 · inputs · outputs products for each row. Kernels that can apply a gate to its value
  ///   save two passes over memory of the result's size and the memory of both.
  ///
  /// Source: Shazeer, "GLU Variants Improve Transformer", arXiv 2002.05202.
  public func gatedMatmul(
    _ weight: PackedWeight, bias: Tensor? = nil, as type: DType = .float32
  ) -> Tensor {
    precondition(
      weight.kernelHeight == 1 && weight.kernelWidth == 1 && shape[-1] == weight.inputs
        && weight.outputs % 2 == 0,
      "gatedMatmul: \(shape) does not fit a weight of \(weight.shape)")
    if let bias {
      precondition(
        bias.shape == [weight.outputs],
        "gatedMatmul: bias \(bias.shape) must be [\(weight.outputs)]")
    }
    let y = Tensor(shape.with(last: weight.outputs / 2), type, on: device)
    device.backend.gatedMatmul(self, weight, bias: bias, into: y)
    return y
  }
}

extension Backend {
  /// Computes values and gates first, and then their product.
  public func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    geglu(x.matmul(weight, MatmulOptions(bias: bias)), into: y)
  }
}
