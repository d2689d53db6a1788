package import CPUKernelInterface

// Legend: M result rows (pixels of all samples), K products a result, N outputs.
// A result is summed in the order of k, block after block, whatever rows and panels a call gets.

extension Kernels {
  package static func convolveScratch(rows: Int) -> Int {
    let tiles = (rows + tileRows - 1) / tileRows
    return MemoryLayout<Float>.stride * (tiles * tileRows * blockDepth + tileRows * tileColumns)
      + MemoryLayout<Corner>.stride * tiles * tileRows
  }

  package static func convolve(
    _ arguments: ConvolutionArguments, rows: Range<Int>, panels: Range<Int>,
    scratch: UnsafeMutableRawPointer
  ) {
    let tiles = (rows.count + tileRows - 1) / tileRows
    let inputs = scratch.assumingMemoryBound(to: Float.self)
    let edge = inputs + tiles * tileRows * blockDepth
    let corners = UnsafeMutableRawPointer(edge + tileRows * tileColumns)
      .assumingMemoryBound(to: Corner.self)
    for row in 0..<rows.count { corners[row] = arguments.corner(of: rows.lowerBound + row) }

    let depth = arguments.depth
    let width = (arguments.outputs + tileColumns - 1) / tileColumns * tileColumns
    var k = 0
    while k < depth {
      let height = min(blockDepth, depth - k)
      packInputs(arguments, corners, rows.count, k..<k + height, into: inputs)
      for panel in panels {
        let weight = arguments.weight + k * width + panel * tileColumns * height
        for tile in 0..<tiles {
          multiply(
            arguments, inputs + tile * tileRows * height, weight, depth: height,
            row: rows.lowerBound + tile * tileRows, rowEnd: rows.upperBound, panel: panel,
            edge: edge, isFirst: k == 0, isLast: k + height == depth)
        }
      }
      k += height
    }
  }

  /// Interleaves products `products` of all rows, tile by tile; a block may span several taps.
  private static func packInputs(
    _ arguments: ConvolutionArguments, _ corners: UnsafePointer<Corner>, _ rows: Int,
    _ products: Range<Int>, into inputs: UnsafeMutablePointer<Float>
  ) {
    let channels = arguments.channels
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: tileRows) { sources in
      guard let sources = sources.baseAddress else { return }
      var tile = 0
      while tile * tileRows < rows {
        var k = products.lowerBound
        while k < products.upperBound {
          let (tap, channel) = (k / channels, k % channels)
          let count = min(channels - channel, products.upperBound - k)
          for r in 0..<tileRows {
            let row = tile * tileRows + r
            sources[r] = row < rows ? arguments.pixel(corners[row], tap: tap) : nil
          }
          interleave(
            sources, width: tileRows, offset: channel, count: count,
            into: inputs + (tile * products.count + k - products.lowerBound) * tileRows)
          k += count
        }
        tile += 1
      }
    }
  }

  /// One tile: straight into the result where it fits, else through `edge`, with the same sums.
  @inline(always)
  private static func multiply(
    _ arguments: ConvolutionArguments, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    depth: Int, row: Int, rowEnd: Int, panel: Int, edge: UnsafeMutablePointer<Float>,
    isFirst: Bool, isLast: Bool
  ) {
    let (outputs, column) = (arguments.outputs, panel * tileColumns)
    let rows = min(tileRows, rowEnd - row)
    let columns = min(tileColumns, outputs - column)
    let y = arguments.y + row * outputs + column
    if rows == tileRows && columns == tileColumns {
      multiplyTile(
        depth: depth, a, b, bStride: tileColumns, y, cStride: outputs, accumulates: !isFirst)
    } else {
      if !isFirst {
        for r in 0..<rows { (edge + r * tileColumns).update(from: y + r * outputs, count: columns) }
      }
      multiplyTile(
        depth: depth, a, b, bStride: tileColumns, edge, cStride: tileColumns,
        accumulates: !isFirst)
      for r in 0..<rows { (y + r * outputs).update(from: edge + r * tileColumns, count: columns) }
    }
    if isLast { finish(arguments, row: row, rows: rows, column: column, columns: columns) }
  }
}
