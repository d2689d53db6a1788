public import TensorCore

extension CPUBackend {
  /// Copies a rectangle of elements.
  public func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) {
    let size = x.dtype.byteCount
    let (source, target) = (x.bytePointer, y.bytePointer)
    let bytes = rectangle.width * size
    threads.forEachRange(rectangle.rows, grain: 1 + Self.grain / max(rectangle.width, 1)) { rows in
      for row in rows {
        (target + (rectangle.destination.start + row * rectangle.destination.stride) * size)
          .copyMemory(
            from: source + (rectangle.source.start + row * rectangle.source.stride) * size,
            byteCount: bytes)
      }
    }
  }

  /// Rows of a table.
  public func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) {
    if memory.failure.isSet { return }
    let (rows, width) = (table.shape[0], table.shape[1])
    let (source, target, positions) = (table.floatPointer, y.floatPointer, indices.intPointer)
    for i in 0..<indices.shape.count {
      let row = Int(positions[i])
      precondition(row >= 0 && row < rows, "gather: row \(row) is not within \(table.shape)")
      (target + i * width).update(from: source + row * width, count: width)
    }
  }

  /// Exchanges the last two axes.
  public func transpose(_ x: Tensor, into y: Tensor) {
    let (rows, columns) = (x.shape[1], x.shape[2])
    let (source, target) = (x.floatPointer, y.floatPointer)
    // Eight result rows at a time: each cache line that is read serves all of them.
    let bands = (columns + 7) / 8
    threads.forEachRange(x.shape[0] * bands, grain: 1 + Self.grain / max(8 * rows, 1)) { range in
      for part in range {
        let (sample, first) = (part / bands * rows * columns, part % bands * 8)
        for row in 0..<rows {
          for column in first..<min(first + 8, columns) {
            target[sample + column * rows + row] = source[sample + row * columns + column]
          }
        }
      }
    }
  }
}
