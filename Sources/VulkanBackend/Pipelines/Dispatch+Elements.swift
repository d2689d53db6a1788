import Tensors

/// `Elements` in `elements.slang`.
private struct Elements {
  var x, y: UInt64
  var count, threads: UInt32
}

extension VulkanBackend {
  /// Records a shader that goes through the elements of a result.
  ///
  /// - Parameter parameters: What the shader takes behind the elements.
  func dispatchElements<Parameters>(
    _ shader: String, _ x: Tensor, into y: Tensor, _ parameters: Parameters, _ operation: String,
    _ constants: Constants = Constants()
  ) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count, each: constants)
    let elements = Elements(
      x: x.address(), y: y.address(y.dtype), count: UInt32(y.shape.count),
      threads: grid.elementStride)
    dispatch(
      shader, (elements, parameters), grid, constants, reads: [x.range], writes: [y.range],
      Work(operation: operation, result: y.shape))
  }
}
