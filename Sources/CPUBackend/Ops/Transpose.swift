public import Tensors

extension CPUBackend {
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
