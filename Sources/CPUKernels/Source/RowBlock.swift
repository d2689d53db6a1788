import CIntrinsics
import CPUKernelInterface

/// Some rows of a result, and the memory in which their inputs are packed and summed.
struct RowBlock<F: Factors> {
  private let arguments: ConvolutionArguments
  private let rows: Range<Int>
  /// Inputs as words, a row for each result row.
  private let inputs: UnsafeMutablePointer<Word>
  private let stride: Int
  /// Sums of one panel. In the result itself, rows may lie so far apart that they compete for the same
  /// places of the cache.
  private let sums: UnsafeMutablePointer<Float>
  private let corners: UnsafeMutablePointer<Corner>

  init(
    _ arguments: ConvolutionArguments, _ rows: Range<Int>, stride: Int,
    _ scratch: UnsafeMutableRawPointer
  ) {
    (self.arguments, self.rows, self.stride) = (arguments, rows, stride)
    inputs = scratch.assumingMemoryBound(to: Word.self)
    sums = inputs + Kernels.wholeTiles(rows.count) * stride
    corners = UnsafeMutableRawPointer(
      sums + Kernels.wholeTiles(rows.count) * Kernels.tileColumns
    ).assumingMemoryBound(to: Corner.self)
    for row in 0..<rows.count { corners[row] = arguments.corner(of: rows.lowerBound + row) }
  }

  /// Gathers words `words` of the windows of all rows; they may span several taps.
  func packInputs(_ words: Range<Int>) {
    let tapWords = F.words(arguments.channels)
    for row in 0..<rows.count {
      var target = inputs + row * stride
      var word = words.lowerBound
      while word < words.upperBound {
        let (tap, offset) = (word / tapWords, word % tapWords)
        let count = min(tapWords - offset, words.upperBound - word)
        if let pixel = arguments.pixel(corners[row], tap: tap) {
          let channel = offset * F.perWord
          F.store(
            pixel + channel, count: min(count * F.perWord, arguments.channels - channel),
            into: target)
        } else {
          target.update(repeating: 0, count: count)
        }
        target += count
        word += count
      }
    }
  }

  /// Adds the products of the packed inputs, `depth` words a row, and a panel of weights.
  func multiply(_ weight: UnsafePointer<Word>, depth: Int, panel: Int, isFirst: Bool, isLast: Bool)
  {
    let column = panel * Kernels.tileColumns
    let columns = column..<min(column + Kernels.tileColumns, arguments.outputs)
    if !isFirst { exchange(columns, intoSums: true) }
    for start in Swift.stride(from: 0, to: depth, by: Kernels.stepDepth) {
      let end = min(start + Kernels.stepDepth, depth)
      multiply(
        weight + start * Kernels.tileColumns, start..<end, columns,
        accumulates: !isFirst || start > 0, finishes: isLast && end == depth)
    }
    if !isLast { exchange(columns, intoSums: false) }
  }

  /// One step: all tiles use it while it is in the first-level cache.
  private func multiply(
    _ weight: UnsafePointer<Word>, _ words: Range<Int>, _ columns: Range<Int>, accumulates: Bool,
    finishes: Bool
  ) {
    let size = words.count * Kernels.tileColumns
    let share = (size + rows.count - 1) / rows.count * Kernels.tileRows
    // While this step is worked on, the next one, behind it in memory, comes nearer.
    var ahead = UnsafePointer(weight + size)
    for tile in Swift.stride(from: 0, to: rows.count, by: Kernels.tileRows) {
      let sums = sums + tile * Kernels.tileColumns
      addProducts(
        F.self, depth: words.count, inputs + tile * stride + words.lowerBound, aStride: stride,
        weight, sums, cStride: Kernels.tileColumns, accumulates: accumulates, ahead: ahead,
        share: share)
      ahead += share
      if finishes {
        let first = rows.lowerBound + tile
        Kernels.finish(
          arguments, sums, stride: Kernels.tileColumns,
          first..<min(first + Kernels.tileRows, rows.upperBound), columns, corners: corners + tile)
      }
    }
  }

  /// Copies what is summed so far between the result and `sums`.
  private func exchange(_ columns: Range<Int>, intoSums: Bool) {
    for row in 0..<rows.count {
      let y = arguments.y + corners[row].target * arguments.outputs + columns.lowerBound
      let sum = sums + row * Kernels.tileColumns
      if intoSums {
        sum.update(from: y, count: columns.count)
      } else {
        y.update(from: sum, count: columns.count)
      }
    }
  }
}
