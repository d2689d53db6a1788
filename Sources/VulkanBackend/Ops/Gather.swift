public import Tensors

private struct GatherArguments {
  var table, indices, y, fault: UInt64
  var count, threads, width, rows: UInt32
}

extension VulkanBackend {
  /// Rows of a table. An index outside it ends the program when the result, or any other, is read.
  public func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) {
    if y.shape.count == 0 { return }
    let grid = Grid(elements: y.shape.count)
    dispatch(
      "gather",
      GatherArguments(
        table: table.address(), indices: indices.address(.int32), y: y.address(),
        fault: fault.address, count: UInt32(y.shape.count), threads: grid.elementStride,
        width: UInt32(table.shape[1]), rows: UInt32(table.shape[0])),
      grid, reads: [table.range, indices.range],
      // The report is written by any that finds a fault: whichever comes last is as good.
      writes: [y.range], Work(operation: "gather", result: y.shape))
  }

  /// Stops when a shader has reported a row outside a table. All work must be done.
  func checkFault() {
    guard let report = fault.host, report.load(as: UInt32.self) != 0 else { return }
    let row = report.load(fromByteOffset: 4, as: Int32.self)
    fatalError("gather: row \(row) is not within the table")
  }
}
