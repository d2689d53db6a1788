public import TensorCore

private struct Elements {
  var x, y: UInt64
  var count, threads: UInt32
}

extension VulkanBackend {
  /// Applies a function to every element.
  public func map(_ x: Tensor, into y: Tensor, _ activation: Activation) {
    dispatchElements("map", x, into: y, activation.code, "map \(activation)")
  }

  /// Limits every element.
  public func clamp(_ x: Tensor, into y: Tensor, limit: Float) {
    dispatchElements("clampElements", x, into: y, limit, "clamp")
  }

  /// First half of each row times the GELU of the second half.
  public func geglu(_ x: Tensor, into y: Tensor) {
    dispatchElements(
      "geglu", x, into: y, UInt32(y.shape[-1]), "geglu", Constants(into: y, readingEightsOf: [x]))
  }

  private func dispatchElements<Parameter>(
    _ shader: String, _ x: Tensor, into y: Tensor, _ parameter: Parameter, _ operation: String,
    _ constants: Constants = Constants()
  ) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count, each: constants)
    let elements = Elements(
      x: x.address(), y: y.address(y.dtype), count: UInt32(y.shape.count),
      threads: grid.elementStride)
    dispatch(
      shader, (elements, parameter), grid, constants, reads: [x.range], writes: [y.range],
      Work(operation: operation, result: y.shape))
  }
}
