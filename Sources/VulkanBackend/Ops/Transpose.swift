public import Tensors

private struct TransposeArguments {
  var x, y: UInt64
  var rows, columns: UInt32
}

extension VulkanBackend {
  /// Exchanges the last two axes.
  public func transpose(_ x: Tensor, into y: Tensor) {
    if y.shape.count == 0 { return }
    let (rows, columns) = (x.shape[1], x.shape[2])
    let tile = 32
    dispatch(
      "transposeTiles",
      TransposeArguments(
        x: x.address(), y: y.address(), rows: UInt32(rows), columns: UInt32(columns)),
      Grid((columns + tile - 1) / tile, (rows + tile - 1) / tile, x.shape[0]), reads: [x.range],
      writes: [y.range], Work(operation: "transpose", result: y.shape))
  }
}
