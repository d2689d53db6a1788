package import CPUKernelInterface

// Attention without the matrix of scores (Dao et al., "FlashAttention", arXiv 2205.14135): keys come
// in blocks; a running maximum and sum of each query rescale what was summed before.
//
// Scores are kept transposed, a row of queries for each key: the softmax of a query then runs down a
// lane of the registers, and weights stand as the next product wants them.
//
// Legend: S keys, d channels of a head, T = tileRows, Q = tileColumns queries of a panel.

extension Kernels {
  package static var queryBlock: Int { 3 * tileColumns }
  /// Keys whose scores and values stay in the second-level cache; a multiple of every tile.
  private static var keyBlock: Int { 240 }

  @inline(always)
  private static func tiles(_ count: Int) -> Int { (count + tileRows - 1) / tileRows }

  package static func packedHeadCount(keyCount: Int, headSize: Int) -> Int {
    tiles(keyCount) * tileRows * headSize + keyCount * tiles(headSize) * tileRows
  }

  /// Layout: tiles of T keys, `[d, T]`; then tiles of T channels of the values, `[S, T]`. What is
  /// missing from the last tile is zero.
  package static func packHead(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let (count, size, channels) = (arguments.keyCount, arguments.headSize, arguments.channels)
    let start = sample * count * channels + head * size
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: tileRows) { rows in
      guard let rows = rows.baseAddress else { return }
      for tile in 0..<tiles(count) {
        for r in 0..<tileRows {
          let key = tile * tileRows + r
          rows[r] = key < count ? arguments.keys + start + key * channels : nil
        }
        interleave(
          rows, width: tileRows, offset: 0, count: size, into: packed + tile * tileRows * size)
      }
    }
    let values = packed + tiles(count) * tileRows * size
    for tile in 0..<tiles(size) {
      let filled = min(tileRows, size - tile * tileRows)
      for key in 0..<count {
        let target = values + (tile * count + key) * tileRows
        target.update(
          from: arguments.values + start + key * channels + tile * tileRows, count: filled)
        (target + filled).update(repeating: 0, count: tileRows - filled)
      }
    }
  }

  package static func attendScratch(headSize: Int) -> Int {
    let panel = (headSize + tiles(headSize) * tileRows + 2) * tileColumns
    return MemoryLayout<Float>.stride * (3 * panel + keyBlock * tileColumns)
  }

  package static func attend(
    _ arguments: AttentionArguments, sample: Int, head: Int, queries: Range<Int>,
    packed: UnsafePointer<Float>, scratch: UnsafeMutableRawPointer
  ) {
    let panels = (queries.count + tileColumns - 1) / tileColumns
    let scores = scratch.assumingMemoryBound(to: Float.self)
    let memory = scores + keyBlock * tileColumns
    for panel in 0..<panels {
      let state = QueryPanel(memory, panel, arguments.headSize)
      state.reset()
      let first = queries.lowerBound + panel * tileColumns
      packQueries(
        arguments, sample, head, first..<min(first + tileColumns, queries.upperBound), into: state)
    }
    var start = 0
    while start < arguments.keyCount {
      let count = min(keyBlock, arguments.keyCount - start)
      for panel in 0..<panels {
        let first = queries.lowerBound + panel * tileColumns
        if arguments.causal && start >= first + tileColumns { continue }
        let state = QueryPanel(memory, panel, arguments.headSize)
        score(state, packed + start * arguments.headSize, count, into: scores)
        if arguments.causal { hideLaterKeys(scores, start..<start + count, firstQuery: first) }
        soften(scores, count, scale: arguments.scale, state)
        sum(state, arguments.keyCount, packed, start, count, weights: scores)
      }
      start += count
    }
    for panel in 0..<panels {
      let first = queries.lowerBound + panel * tileColumns
      finish(
        arguments, sample, head, first..<min(first + tileColumns, queries.upperBound),
        QueryPanel(memory, panel, arguments.headSize))
    }
  }

  /// Scores of all queries of a panel and `count` keys, `[keys, Q]`.
  @inline(always)
  private static func score(
    _ state: QueryPanel, _ keys: UnsafePointer<Float>, _ count: Int,
    into scores: UnsafeMutablePointer<Float>
  ) {
    for tile in 0..<tiles(count) {
      multiplyTile(
        depth: state.headSize, keys + tile * tileRows * state.headSize, state.queries,
        bStride: tileColumns, scores + tile * tileRows * tileColumns, cStride: tileColumns,
        accumulates: false)
    }
  }

  /// Adds the weighted values of a block of keys to the sums of a panel.
  @inline(always)
  private static func sum(
    _ state: QueryPanel, _ keyCount: Int, _ packed: UnsafePointer<Float>, _ start: Int,
    _ count: Int, weights: UnsafePointer<Float>
  ) {
    let values = packed + tiles(keyCount) * tileRows * state.headSize
    for tile in 0..<tiles(state.headSize) {
      multiplyTile(
        depth: count, values + (tile * keyCount + start) * tileRows, weights,
        bStride: tileColumns, state.sums + tile * tileRows * tileColumns, cStride: tileColumns,
        accumulates: true)
    }
  }

  /// Turns scores into weights e^(scale · (score − maximum)), after rescaling what was summed before.
  private static func soften(
    _ scores: UnsafeMutablePointer<Float>, _ count: Int, scale: Float, _ state: QueryPanel
  ) {
    var lane = 0
    while lane < tileColumns {
      let (column, maximum, total) = (scores + lane, state.maxima + lane, state.totals + lane)
      let before = Lanes(UnsafePointer(maximum))
      var largest = before
      for key in 0..<count {
        let v = Lanes(UnsafePointer(column + key * tileColumns))
        largest = largest.replacing(with: v, where: v .> largest)
      }
      largest.store(maximum)
      // Queries that have seen nothing but −∞ have no weights yet, and −∞ − (−∞) is no number.
      let base = largest.replacing(with: Lanes(), where: largest .== -.infinity)
      let factor = exponential((before - base) * scale)
      var sum = Lanes()
      for key in 0..<count {
        let place = column + key * tileColumns
        let weight = exponential((Lanes(UnsafePointer(place)) - base) * scale)
        weight.store(place)
        sum += weight
      }
      sum.adding(Lanes(UnsafePointer(total)), times: factor).store(total)
      for row in 0..<tiles(state.headSize) * tileRows {
        let place = state.sums + row * tileColumns + lane
        (Lanes(UnsafePointer(place)) * factor).store(place)
      }
      lane += Lanes.scalarCount
    }
  }

  /// Takes keys behind a query out of its sight.
  private static func hideLaterKeys(
    _ scores: UnsafeMutablePointer<Float>, _ keys: Range<Int>, firstQuery: Int
  ) {
    for key in keys where key > firstQuery {
      (scores + (key - keys.lowerBound) * tileColumns)
        .update(repeating: -.infinity, count: min(key - firstQuery, tileColumns))
    }
  }
}
