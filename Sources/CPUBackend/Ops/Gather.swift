public import Tensors

extension CPUBackend {
  /// Rows of a table.
  public func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) {
    if memory.failure.isSet { return }
    let (rows, width) = (table.shape[0], table.shape[1])
    let (source, target, positions) = (table.floatPointer, y.floatPointer, indices.intPointer)
    threads.forEachRange(indices.shape.count, grain: 1 + Self.grain / max(width, 1)) { range in
      for i in range {
        let row = Int(positions[i])
        precondition(row >= 0 && row < rows, "gather: row \(row) is not within \(table.shape)")
        (target + i * width).update(from: source + row * width, count: width)
      }
    }
  }
}
