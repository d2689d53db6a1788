import CPUKernelInterface

extension WinogradBlock {
  /// Aᵀ m A of one tile and panel, finished and written where the result wants it.
  func transformResult(_ index: Int, panel: Int) {
    let (sample, y, x) = origin(index)
    let column = panel * Kernels.tileColumns
    let columns = min(Kernels.tileColumns, arguments.outputs - column)
    let width = min(Winograd.resultSide, arguments.outWidth - x)
    let height = min(Winograd.resultSide, arguments.outHeight - y)
    let first = (sample * arguments.outHeight + y) * arguments.outWidth + x
    withActivation(arguments.epilogue.activation) { apply in
      forEachLanes(columns) { lane, lanes in
        transformLanes(index, lane)
        for i in 0..<height {
          for j in 0..<width {
            Kernels.finish(
              Lanes(UnsafePointer(tile + (4 * i + j) * Lanes.scalarCount)), arguments,
              sample: sample, row: first + i * arguments.outWidth + j, column: column + lane, lanes,
              apply)
          }
        }
      }
    }
  }

  /// Leaves the 4×4 results of one register of outputs at the beginning of `tile`.
  @inline(always)
  private func transformLanes(_ index: Int, _ lane: Int) {
    let step = groups * Kernels.tileRows * Kernels.tileColumns
    let lanes = Lanes.scalarCount
    // Rows first: the 4×6 intermediate values stand behind the 16 results.
    let half = tile + 16 * lanes
    for j in 0..<6 {
      let column = Winograd.result(
        Winograd.load(products(j, index) + lane, stride: 6 * step))
      column.0.store(half + j * lanes)
      column.1.store(half + (6 + j) * lanes)
      column.2.store(half + (12 + j) * lanes)
      column.3.store(half + (18 + j) * lanes)
    }
    for i in 0..<4 {
      let row = Winograd.result(Winograd.load(half + 6 * i * lanes, stride: lanes))
      row.0.store(tile + 4 * i * lanes)
      row.1.store(tile + (4 * i + 1) * lanes)
      row.2.store(tile + (4 * i + 2) * lanes)
      row.3.store(tile + (4 * i + 3) * lanes)
    }
  }
}
