public import TensorCore

private struct Rectangle {
  var x, y: UInt64
  var count, threads, width, sourceStride, targetStride: UInt32
}

private struct TransposeArguments {
  var x, y: UInt64
  var rows, columns: UInt32
}

extension VulkanBackend {
  /// Copies a rectangle of elements.
  public func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) {
    let count = rectangle.rows * rectangle.width
    if count == 0 { return }
    let grid = Grid(elements: count)
    let size = x.dtype.byteCount
    precondition(
      size == 4 || device.has16BitStorage, "\(device.name) has no 16-bit access to copy \(x.dtype)")
    func address(_ tensor: Tensor, _ start: Int) -> UInt64 {
      tensor.address(x.dtype) + UInt64(start * size)
    }
    dispatch(
      size == 2 ? "copy16" : "copy32",
      Rectangle(
        x: address(x, rectangle.source.start), y: address(y, rectangle.destination.start),
        count: UInt32(count), threads: grid.elementStride, width: UInt32(rectangle.width),
        sourceStride: UInt32(rectangle.source.stride),
        targetStride: UInt32(rectangle.destination.stride)),
      grid, reads: [x.range],
      // Only what lies between the first and the last run: parts of one result go side by side.
      writes: [span(rectangle, address(y, rectangle.destination.start), size)],
      Work(operation: "copy", result: y.shape))
  }

  private func span(_ rectangle: CopyRectangle, _ first: UInt64, _ size: Int) -> MemoryRange {
    let count = (rectangle.rows - 1) * rectangle.destination.stride + rectangle.width
    return first..<first + UInt64(count * size)
  }

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
