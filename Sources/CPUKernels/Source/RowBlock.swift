import CIntrinsics
import CPUKernelInterface

/// Some rows of a result, and the memory in which their inputs are packed and summed.
struct RowBlock<F: Operands> {
  let arguments: ConvolutionArguments
  let rows: Range<Int>
  /// Inputs as words, a row for each result row.
  let inputs: UnsafeMutablePointer<Word>
  let stride: Int
  /// Sums of one panel, or of two. In the result itself, rows may lie so far apart that they compete for
  /// the same places of the cache.
  let sums: UnsafeMutablePointer<Float>
  let corners: UnsafeMutablePointer<Corner>
  /// What the integers that stand for inputs mean, row by row; nothing for other operands.
  private let codes: InputCodes?

  init(
    _ arguments: ConvolutionArguments, _ rows: Range<Int>, stride: Int,
    _ scratch: UnsafeMutableRawPointer
  ) {
    (self.arguments, self.rows, self.stride) = (arguments, rows, stride)
    inputs = scratch.assumingMemoryBound(to: Word.self)
    sums = inputs + Kernels.wholeTiles(rows.count) * stride
    let sumCount = Kernels.panelsAtOnce(arguments) * Kernels.wholeTiles(rows.count)
    corners = UnsafeMutableRawPointer(sums + sumCount * Kernels.tileColumns)
      .assumingMemoryBound(to: Corner.self)
    for row in 0..<rows.count { corners[row] = arguments.corner(of: rows.lowerBound + row) }
    codes =
      F.sumsAreIntegers
      ? InputCodes(F.self, arguments, UnsafePointer(corners), rows.count, corners + rows.count)
      : nil
  }

  /// Gathers words `words` of the windows of all rows; they may span several taps.
  func packInputs(_ words: Range<Int>) {
    let tapWords = F.words(arguments.channels)
    for row in 0..<rows.count {
      let code = codes?[row] ?? .none
      var target = inputs + row * stride
      var word = words.lowerBound
      while word < words.upperBound {
        let (tap, offset) = (word / tapWords, word % tapWords)
        let count = min(tapWords - offset, words.upperBound - word)
        if let pixel = arguments.pixel(corners[row], tap: tap) {
          let channel = offset * F.perWord
          F.store(
            pixel + channel, count: min(count * F.perWord, arguments.channels - channel),
            into: target, code)
        } else {
          target.update(repeating: F.zeros(code), count: count)
        }
        target += count
        word += count
      }
    }
  }

  /// Adds the products of the packed inputs, words `block` of a window, and a panel of weights.
  func multiply(_ weight: UnsafePointer<Word>, _ block: Range<Int>, panel: Int, isLast: Bool) {
    let (depth, isFirst) = (block.count, block.lowerBound == 0)
    let column = panel * Kernels.tileColumns
    let columns = column..<min(column + Kernels.tileColumns, arguments.outputs)
    if !isFirst { exchange(columns, intoSums: true) }
    let isPlain = isPlain(columns)
    for start in Swift.stride(from: 0, to: depth, by: F.stepDepth) {
      let end = min(start + F.stepDepth, depth)
      multiply(
        weight + start * Kernels.tileColumns, start..<end, columns,
        scales: scales(columns, word: block.lowerBound + start), into: sums,
        accumulates: !isFirst || start > 0, isPlain: isPlain, finishes: isLast && end == depth)
    }
    if !isLast { exchange(columns, intoSums: false) }
  }

  /// One step: all tiles use it while it is in the first-level cache.
  func multiply(
    _ weight: UnsafePointer<Word>, _ words: Range<Int>, _ columns: Range<Int>,
    scales: WeightScales?, into sums: UnsafeMutablePointer<Float>, accumulates: Bool, isPlain: Bool,
    finishes: Bool
  ) {
    let size = words.count * Kernels.tileColumns
    let tiles = Kernels.wholeTiles(rows.count) / Kernels.tileRows
    let share = (size + tiles - 1) / tiles
    // While this step is worked on, the next one, behind it in memory, comes nearer.
    var ahead = UnsafePointer(weight + size)
    for tile in Swift.stride(from: 0, to: rows.count, by: Kernels.tileRows) {
      let sums = sums + tile * Kernels.tileColumns
      let first = rows.lowerBound + tile
      let rows = first..<min(first + Kernels.tileRows, rows.upperBound)
      var target = TileSums(sums, accumulates: accumulates)
      target.scale = codes?.scale(tile, scales)
      if isPlain && !accumulates { begin(&target, rows, columns) }
      let isWhole = isPlain && rows.count == Kernels.tileRows
      if isWhole && finishes { end(&target, rows, columns) }
      let inputs = UnsafePointer(inputs + tile * stride + words.lowerBound)
      if rows.count <= TileRows<F>.count {
        addFewProducts(
          F.self, depth: words.count, inputs, aStride: stride, weight, target, ahead: ahead,
          share: share)
      } else {
        addProducts(
          F.self, depth: words.count, inputs, aStride: stride, weight, target, ahead: ahead,
          share: share)
      }
      ahead += share
      if isPlain || !finishes { continue }
      Kernels.finish(
        arguments, sums, stride: Kernels.tileColumns, rows, columns, corners: corners + tile)
    }
    if isPlain && finishes { copyRest(columns) }
  }

  /// What sums of integers of a panel's step are multiplied by.
  func scales(_ columns: Range<Int>, word: Int) -> WeightScales? {
    guard F.sumsAreIntegers else { return nil }
    return WeightScales(F.self, arguments, step: word / F.stepDepth, columns)
  }

  /// Whether bias and residual are all that is added to a panel: the registers can then begin with
  /// these and be written where they belong.
  private func isPlain(_ columns: Range<Int>) -> Bool {
    arguments.epilogue.activation == .identity && arguments.epilogue.shift == nil
      && arguments.parity == nil && columns.count == Kernels.tileColumns && !rowsCollide
  }

  /// Whether rows of the result lie whole pages apart, so that those of a tile compete for the same
  /// places of the first-level cache, where a deep product wants to keep its weights.
  private var rowsCollide: Bool {
    arguments.outputs * MemoryLayout<Float>.stride % 4096 == 0
      && arguments.taps * F.words(arguments.channels) > 2 * F.stepDepth
  }

  /// Lets a tile begin with bias and residual. What sticks out of the result is copied, so that its
  /// sums are made in the same order.
  private func begin(_ target: inout TileSums, _ rows: Range<Int>, _ columns: Range<Int>) {
    let (epilogue, outputs) = (arguments.epilogue, arguments.outputs)
    target.bias = epilogue.bias.map { $0 + columns.lowerBound }
    guard let residual = epilogue.residual else { return }
    let start = residual + rows.lowerBound * outputs + columns.lowerBound
    if rows.count == Kernels.tileRows {
      (target.start, target.startStride) = (start, outputs)
    } else {
      for row in 0..<rows.count {
        (target.end + row * target.endStride).update(
          from: start + row * outputs, count: columns.count)
      }
      target.start = UnsafePointer(target.end)
    }
  }

  /// Lets a tile be written where it belongs.
  private func end(_ target: inout TileSums, _ rows: Range<Int>, _ columns: Range<Int>) {
    target.end = arguments.y + rows.lowerBound * arguments.outputs + columns.lowerBound
    target.endStride = arguments.outputs
  }

  /// Writes the rows that fill no tile.
  private func copyRest(_ columns: Range<Int>) {
    for row in rows.count / Kernels.tileRows * Kernels.tileRows..<rows.count {
      (arguments.y + (rows.lowerBound + row) * arguments.outputs + columns.lowerBound).update(
        from: sums + row * Kernels.tileColumns, count: columns.count)
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
