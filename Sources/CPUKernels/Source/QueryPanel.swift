import CPUKernelInterface

/// What attention keeps of one panel of queries while it walks over the keys.
struct QueryPanel {
  let headSize: Int
  /// The queries, `[d, Q]`.
  let queries: UnsafeMutablePointer<Float>
  /// Weighted sums of the values, `[d rounded up, Q]`.
  let sums: UnsafeMutablePointer<Float>
  /// Largest score of each query so far, and the sum of its weights.
  let maxima, totals: UnsafeMutablePointer<Float>

  private var sumRows: Int {
    (headSize + Kernels.tileRows - 1) / Kernels.tileRows * Kernels.tileRows
  }

  /// The panel's place in the memory that all panels share.
  @inline(always)
  init(_ memory: UnsafeMutablePointer<Float>, _ panel: Int, _ headSize: Int) {
    self.headSize = headSize
    let width = Kernels.tileColumns
    let rows = (headSize + Kernels.tileRows - 1) / Kernels.tileRows * Kernels.tileRows
    queries = memory + panel * (headSize + rows + 2) * width
    sums = queries + headSize * width
    maxima = sums + rows * width
    totals = maxima + width
  }

  /// Forgets all keys.
  func reset() {
    sums.update(repeating: 0, count: sumRows * Kernels.tileColumns)
    maxima.update(repeating: -.infinity, count: Kernels.tileColumns)
    totals.update(repeating: 0, count: Kernels.tileColumns)
  }
}

extension Kernels {
  /// Interleaves the queries of a panel, as the right side of a product.
  static func packQueries(
    _ arguments: AttentionArguments, _ sample: Int, _ head: Int, _ queries: Range<Int>,
    into state: QueryPanel
  ) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: tileColumns) { rows in
      guard let rows = rows.baseAddress else { return }
      for column in 0..<tileColumns {
        let query = sample * arguments.queryCount + queries.lowerBound + column
        rows[column] =
          column < queries.count
          ? arguments.queries + query * arguments.channels + head * state.headSize : nil
      }
      interleave(
        rows, width: tileColumns, offset: 0, count: state.headSize, into: state.queries)
    }
  }

  /// Divides the sums by the totals and writes them where the result wants them.
  static func finish(
    _ arguments: AttentionArguments, _ sample: Int, _ head: Int, _ queries: Range<Int>,
    _ state: QueryPanel
  ) {
    for (column, query) in queries.enumerated() {
      let target =
        arguments.y + (sample * arguments.queryCount + query) * arguments.channels
        + head * state.headSize
      let factor = 1 / state.totals[column]
      for c in 0..<state.headSize { target[c] = state.sums[c * tileColumns + column] * factor }
    }
  }
}
