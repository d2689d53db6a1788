public import Tensors

private struct CastArguments {
  var x, y: UInt64
  var count, threads, first: UInt32
}

extension VulkanBackend {
  /// Changes the storage type between the kinds of floating point, or from integers to `float32`.
  public func cast(_ x: Tensor, into y: Tensor) {
    precondition(
      y.dtype != .int32 && (x.dtype != .int32 || y.dtype == .float32),
      "cast: \(x.dtype) does not become \(y.dtype)")
    if y.shape.count == 0 { return }
    let grid = Grid(elements: (y.shape.count + 1) / 2)
    // Words hold two halves, and a view may begin with the second.
    let address = x.address(x.dtype)
    dispatch(
      "cast_\(x.dtype)_\(y.dtype)",
      CastArguments(
        x: address & ~3, y: y.address(y.dtype), count: UInt32(y.shape.count),
        threads: grid.elementStride,
        first: UInt32(address % 4 / 2)),
      grid, reads: [x.range], writes: [y.range], Work(operation: "cast", result: y.shape))
  }
}
