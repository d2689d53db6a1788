public import Tensors

private struct Rectangle {
  var x, y: UInt64
  var count, threads, width, sourceStride, targetStride: UInt32
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
}
