/// How the result of a product is divided into parts for the threads.
struct ProductPlan {
  /// Packed inputs, in floats, that fill about half of the second-level cache.
  private static let inputLimit = 1 << 17
  /// Products whose inputs are packed at once.
  private static let depthLimit = 1280
  /// Tiles of rows a thread below which its share would differ too much from the others'.
  private static let leastTiles = 16

  /// Number of parts.
  let parts: Int
  private let rows, tileRows, tiles, rowBlocks, panels, columnBlocks: Int

  init(rows: Int, depth: Int, tileRows: Int, panels: Int, threads: Int) {
    let rowLimit = min(Self.inputLimit / min(depth, Self.depthLimit), 384)
    tiles = (rows + tileRows - 1) / tileRows
    if tiles < Self.leastTiles * threads {
      // Few rows: all threads take the same ones, and different outputs.
      rowBlocks = (rows + 2 * rowLimit - 1) / (2 * rowLimit)
      columnBlocks = min(panels, 2 * threads)
    } else {
      // A multiple of the threads, so that all end at about the same time.
      rowBlocks = ((rows + rowLimit - 1) / rowLimit + threads - 1) / threads * threads
      columnBlocks = 1
    }
    parts = rowBlocks * columnBlocks
    (self.rows, self.tileRows, self.panels) = (rows, tileRows, panels)
  }

  /// The most rows that a part has.
  var blockRows: Int { (tiles + rowBlocks - 1) / rowBlocks * tileRows }

  /// Rows of one part: whole tiles.
  func rows(of part: Int) -> Range<Int> {
    let block = part / columnBlocks
    let (start, end) = (tiles * block / rowBlocks, tiles * (block + 1) / rowBlocks)
    return start * tileRows..<min(end * tileRows, rows)
  }

  /// Panels of one part.
  func panels(of part: Int) -> Range<Int> {
    let block = part % columnBlocks
    return panels * block / columnBlocks..<panels * (block + 1) / columnBlocks
  }
}
