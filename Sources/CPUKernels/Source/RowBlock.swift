import CIntrinsics
import CPUKernelInterface

/// Some rows of a result, and the memory in which their inputs are packed.
struct RowBlock<F: Factors> {
  private let arguments: ConvolutionArguments
  private let rows: Range<Int>
  /// Inputs as words, a row for each result row.
  private let inputs: UnsafeMutablePointer<Word>
  private let stride: Int
  /// A tile for what sticks out of the result.
  private let edge: UnsafeMutablePointer<Float>
  private let corners: UnsafeMutablePointer<Corner>

  init(
    _ arguments: ConvolutionArguments, _ rows: Range<Int>, stride: Int,
    _ scratch: UnsafeMutableRawPointer
  ) {
    (self.arguments, self.rows, self.stride) = (arguments, rows, stride)
    inputs = scratch.assumingMemoryBound(to: Word.self)
    edge = inputs + Kernels.wholeTiles(rows.count) * stride
    corners = UnsafeMutableRawPointer(edge + Kernels.tileRows * Kernels.tileColumns)
      .assumingMemoryBound(to: Corner.self)
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

  /// Adds the products of all rows and one step of a panel of weights.
  ///
  /// - Parameter offset: Where the step begins in the packed inputs.
  @inline(always)
  func multiply(
    _ weight: UnsafePointer<Word>, _ offset: Int, depth: Int, panel: Int, isFirst: Bool,
    isLast: Bool
  ) {
    // While this step is worked on, the next one, behind it in memory, comes nearer.
    let ahead = UnsafeRawPointer(weight + depth * Kernels.tileColumns)
    let tiles = Kernels.wholeTiles(rows.count) / Kernels.tileRows
    let share = (depth * Kernels.tileColumns * MemoryLayout<Word>.stride / tiles + 63) & ~63
    for tile in 0..<tiles {
      for line in Swift.stride(from: 0, to: share, by: 64) {
        prefetch_line(ahead + tile * share + line)
      }
      multiplyTile(
        inputs + tile * Kernels.tileRows * stride + offset, weight, depth: depth,
        row: rows.lowerBound + tile * Kernels.tileRows, panel: panel, isFirst: isFirst,
        isLast: isLast)
    }
  }

  /// One tile: straight into the result where it fits, else through `edge`, with the same sums.
  @inline(always)
  private func multiplyTile(
    _ a: UnsafePointer<Word>, _ b: UnsafePointer<Word>, depth: Int, row: Int, panel: Int,
    isFirst: Bool, isLast: Bool
  ) {
    let width = Kernels.tileColumns
    let (outputs, column) = (arguments.outputs, panel * width)
    let (rows, columns) = (
      min(Kernels.tileRows, rows.upperBound - row), min(width, outputs - column)
    )
    let y = arguments.y + row * outputs + column
    if rows == Kernels.tileRows && columns == width {
      addProducts(
        F.self, depth: depth, a, aStride: stride, b, y, cStride: outputs, accumulates: !isFirst)
    } else {
      if !isFirst {
        for r in 0..<rows { (edge + r * width).update(from: y + r * outputs, count: columns) }
      }
      addProducts(
        F.self, depth: depth, a, aStride: stride, b, edge, cStride: width, accumulates: !isFirst)
      for r in 0..<rows { (y + r * outputs).update(from: edge + r * width, count: columns) }
    }
    if isLast { Kernels.finish(arguments, row: row, rows: rows, column: column, columns: columns) }
  }
}
