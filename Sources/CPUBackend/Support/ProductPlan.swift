/// How the result of a product is divided into parts for the threads.
struct ProductPlan {
  /// Packed inputs, in floats, that fill about half of the second-level cache.
  private static let inputLimit = 1 << 17
  /// Products whose inputs are packed at once.
  private static let depthLimit = 1024

  /// Rows of a part.
  let blockRows: Int
  /// Number of parts.
  let parts: Int
  private let totalRows, panels, columnBlocks: Int

  init(rows: Int, depth: Int, tileRows: Int, panels: Int, threads: Int) {
    let rowLimit = min(Self.inputLimit / min(depth, Self.depthLimit), 384)
    // A multiple of the threads, so that all end at about the same time.
    let needed = (rows + rowLimit - 1) / rowLimit
    var rowBlocks = (needed + threads - 1) / threads * threads
    if rows < rowBlocks * 4 * tileRows { rowBlocks = needed }
    blockRows = ((rows + rowBlocks - 1) / rowBlocks + tileRows - 1) / tileRows * tileRows
    rowBlocks = (rows + blockRows - 1) / blockRows
    columnBlocks = rowBlocks >= threads ? 1 : min(panels, (2 * threads + rowBlocks - 1) / rowBlocks)
    parts = rowBlocks * columnBlocks
    totalRows = rows
    self.panels = panels
  }

  /// Rows of one part.
  func rows(of part: Int) -> Range<Int> {
    let start = part / columnBlocks * blockRows
    return start..<min(start + blockRows, totalRows)
  }

  /// Panels of one part.
  func panels(of part: Int) -> Range<Int> {
    let block = part % columnBlocks
    return panels * block / columnBlocks..<panels * (block + 1) / columnBlocks
  }
}
