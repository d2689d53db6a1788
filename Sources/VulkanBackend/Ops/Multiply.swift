public import Tensors

private struct MultiplyArguments {
  var x, operand, y: UInt64
  var count, threads: UInt32
  var extents, strides: (UInt32, UInt32, UInt32, UInt32)
}

extension VulkanBackend {
  /// Product of two tensors, the second one repeated along some axes.
  public func multiply(_ x: Tensor, _ operand: Tensor, into y: Tensor, _ broadcast: Broadcast) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count)
    func four(_ numbers: [Int]) -> (UInt32, UInt32, UInt32, UInt32) {
      (UInt32(numbers[0]), UInt32(numbers[1]), UInt32(numbers[2]), UInt32(numbers[3]))
    }
    dispatch(
      "multiply",
      MultiplyArguments(
        x: x.address(), operand: operand.address(), y: y.address(), count: UInt32(y.shape.count),
        threads: grid.elementStride, extents: four(broadcast.extents),
        strides: four(broadcast.strides)),
      grid, reads: [x.range, operand.range], writes: [y.range],
      Work(operation: "multiply", result: y.shape))
  }
}
