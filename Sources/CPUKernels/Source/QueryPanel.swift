import CPUKernelInterface

/// What attention keeps of one panel of queries while it walks over the keys.
struct QueryPanel {
  let range: Range<Int>
  private let headSize: Int
  /// The queries as words, `[d, Q]`.
  let queries: UnsafeMutablePointer<Word>
  /// Weighted sums of the values, `[d rounded up, Q]`.
  let sums: UnsafeMutablePointer<Float>
  /// What the integers of each query, and those of the weights, are multiplied by.
  let scales, weightScales: UnsafeMutablePointer<Float>
  /// Largest score of each query so far, and the sum of its weights.
  private let maxima, totals: UnsafeMutablePointer<Float>

  /// Floats that a panel takes.
  static func size(headSize: Int) -> Int {
    (headSize + Kernels.wholeTiles(headSize) + 4) * Kernels.tileColumns
  }

  /// The panel's place in the memory that all panels share.
  @inline(always)
  init(
    _ memory: UnsafeMutablePointer<Float>, number: Int, headSize: Int, _ range: Range<Int>
  ) {
    (self.headSize, self.range) = (headSize, range)
    queries = memory + number * Self.size(headSize: headSize)
    sums = queries + headSize * Kernels.tileColumns
    maxima = sums + Kernels.wholeTiles(headSize) * Kernels.tileColumns
    totals = maxima + Kernels.tileColumns
    scales = totals + Kernels.tileColumns
    weightScales = scales + Kernels.tileColumns
  }

  /// Interleaves the queries, as the right side of a product, and forgets all keys.
  func start<F: HeadOperands>(
    _: F.Type, _ arguments: AttentionArguments, _ sample: Int, _ head: Int
  ) {
    let (width, depth) = (Kernels.tileColumns, F.words(headSize))
    scales.update(repeating: 1, count: width)
    withUnsafeTemporaryAllocation(of: UnsafePointer<Word>?.self, capacity: width) { rows in
      withUnsafeTemporaryAllocation(of: Word.self, capacity: width * depth) { words in
        guard let rows = rows.baseAddress, let words = words.baseAddress else { return }
        for column in 0..<width {
          rows[column] = column < range.count ? UnsafePointer(words + column * depth) : nil
        }
        for (column, query) in range.enumerated() {
          let row = sample * arguments.queryCount + query
          scales[column] = F.storeVector(
            arguments.queries + row * arguments.channels + head * headSize, count: headSize,
            into: words + column * depth)
        }
        Kernels.interleave(rows, width: width, offset: 0, count: depth, into: queries)
      }
    }
    sums.update(repeating: 0, count: Kernels.wholeTiles(headSize) * width)
    maxima.update(repeating: -.infinity, count: width)
    totals.update(repeating: 0, count: width)
  }

  /// Turns scores into weights e^(scale · (score − maximum)), written as words over them, after
  /// rescaling what was summed before.
  func soften<F: HeadOperands>(
    _: F.Type, _ scores: UnsafeMutablePointer<Float>, _ count: Int, scale: Float
  ) {
    let width = Kernels.tileColumns
    let scale = Lanes(repeating: scale * 1.442_695_04)
    for lane in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let column = scores + lane
      let before = Lanes(UnsafePointer(maxima + lane))
      let seen = Self.largest(column, count)
      let largest = before.replacing(with: seen, where: seen .> before)
      largest.store(maxima + lane)
      // Queries that have seen nothing but −∞: −∞ − (−∞) would be no number.
      let base = -(largest.replacing(with: Lanes(), where: largest .== -.infinity) * scale)
      @inline(always)
      func weight(_ score: Lanes) -> Lanes { exponential2(base.adding(score, times: scale)) }
      var (total, squares) = (Lanes(), Lanes())
      for word in 0..<F.words(count) {
        let key = word * F.perWord
        let first = weight(Lanes(UnsafePointer(column + key * width)))
        let second =
          F.perWord == 2 && key + 1 < count
          ? weight(Lanes(UnsafePointer(column + (key + 1) * width))) : Lanes()
        total += first + second
        if F.sumsAreIntegers {
          squares = squares.adding(first, times: first).adding(second, times: second)
          first.store(column + key * width)
          if key + 1 < count { second.store(column + (key + 1) * width) }
        } else {
          F.joinWeights(first, second, factor: Lanes()).store(column + word * width)
        }
      }
      if F.sumsAreIntegers {
        let factor = Int16Operands.factor(norm: squares.roots, largest: weight(seen))
        round(F.self, column, count, factor, lane)
      }
      rescale(lane, by: weight(before), adding: total)
    }
  }

  /// The largest score of each query among some keys.
  @inline(always)
  private static func largest(_ column: UnsafePointer<Float>, _ count: Int) -> Lanes {
    var largest = Lanes(repeating: -.infinity)
    for key in 0..<count {
      let v = Lanes(column + key * Kernels.tileColumns)
      largest = largest.replacing(with: v, where: v .> largest)
    }
    return largest
  }

  /// Makes integers of a block's weights, each query's with a factor that leaves no bit unused: where one key
  /// outweighs all others, these still have a part.
  @inline(always)
  private func round<F: HeadOperands>(
    _: F.Type, _ column: UnsafeMutablePointer<Float>, _ count: Int, _ factor: Lanes, _ lane: Int
  ) {
    let width = Kernels.tileColumns
    (Lanes(repeating: 1) / factor).store(weightScales + lane)
    for word in 0..<F.words(count) {
      let key = word * F.perWord
      let first = Lanes(UnsafePointer(column + key * width))
      let second = key + 1 < count ? Lanes(UnsafePointer(column + (key + 1) * width)) : Lanes()
      F.joinWeights(first, second, factor: factor).store(column + word * width)
    }
  }

  @inline(always)
  private func rescale(_ lane: Int, by factor: Lanes, adding total: Lanes) {
    total.adding(Lanes(UnsafePointer(totals + lane)), times: factor).store(totals + lane)
    for row in 0..<headSize {
      let place = sums + row * Kernels.tileColumns + lane
      (Lanes(UnsafePointer(place)) * factor).store(place)
    }
  }

  /// Divides the sums by the totals and writes them where the result wants them.
  func finish(_ arguments: AttentionArguments, _ sample: Int, _ head: Int) {
    for (column, query) in range.enumerated() {
      let target =
        arguments.y + (sample * arguments.queryCount + query) * arguments.channels
        + head * headSize
      let factor = 1 / totals[column]
      for c in 0..<headSize { target[c] = sums[c * Kernels.tileColumns + column] * factor }
    }
  }
}
