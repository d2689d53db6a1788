package import CPUKernelInterface

// Attention without the matrix of scores (Dao et al., "FlashAttention", arXiv 2205.14135): keys come
// in blocks; a running maximum m and sum l of each query rescale what was summed before.
//
// Legend: S keys, d channels of a head, T = tileRows queries a tile.

/// Panels that cover the channels of a head: wide ones, and a narrow one where that is enough.
private struct HeadPanels {
  let padded: Int
  let headSize: Int

  init(_ headSize: Int) {
    self.headSize = headSize
    let rest = headSize % Kernels.tileColumns
    let last = rest == 0 ? 0 : (rest <= Lanes.scalarCount ? Lanes.scalarCount : Kernels.tileColumns)
    padded = headSize - rest + last
  }

  @inline(__always)
  func forEach(_ body: (_ column: Int, _ width: Int) -> Void) {
    var column = 0
    while column < padded {
      let width = min(Kernels.tileColumns, padded - column)
      body(column, width)
      column += width
    }
  }
}

extension Kernels {
  package static var queryBlock: Int { 96 }
  /// Keys whose scores and values stay in the second-level cache.
  private static var keyBlock: Int { 256 }

  private static func paddedKeys(_ count: Int) -> Int {
    (count + tileColumns - 1) / tileColumns * tileColumns
  }

  package static func packedHeadCount(keyCount: Int, headSize: Int) -> Int {
    paddedKeys(keyCount) * headSize + keyCount * HeadPanels(headSize).padded
  }

  /// Layout: keys as panels `[d, tileColumns]`, then values as panels `[S, width]`, zero padded.
  package static func packHead(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let (count, size, channels) = (arguments.keyCount, arguments.headSize, arguments.channels)
    let start = sample * count * channels + head * size
    for key in 0..<paddedKeys(count) {
      let panel = packed + key / tileColumns * tileColumns * size + key % tileColumns
      let source = arguments.keys + start + key * channels
      for c in 0..<size { panel[c * tileColumns] = key < count ? source[c] : 0 }
    }
    let values = packed + paddedKeys(count) * size
    HeadPanels(size).forEach { column, width in
      for key in 0..<count {
        let source = arguments.values + start + key * channels + column
        let target = values + column * count + key * width
        let filled = min(width, size - column)
        target.update(from: source, count: filled)
        (target + filled).update(repeating: 0, count: width - filled)
      }
    }
  }

  package static func attendScratch(headSize: Int) -> Int {
    let padded = HeadPanels(headSize).padded
    return MemoryLayout<Float>.stride
      * (queryBlock * (headSize + padded + 2) + 2 * tileRows * keyBlock)
  }

  package static func attend(
    _ arguments: AttentionArguments, sample: Int, head: Int, queries: Range<Int>,
    packed: UnsafePointer<Float>, scratch: UnsafeMutableRawPointer
  ) {
    let size = arguments.headSize
    let panels = HeadPanels(size)
    let interleaved = scratch.assumingMemoryBound(to: Float.self)
    let sums = interleaved + queryBlock * size
    let maxima = sums + queryBlock * panels.padded
    let totals = maxima + queryBlock
    let scores = totals + queryBlock
    let weights = scores + tileRows * keyBlock

    let tiles = (queries.count + tileRows - 1) / tileRows
    sums.update(repeating: 0, count: tiles * tileRows * panels.padded)
    // A finite start: the weight of a score of -∞ is then zero, and not the NaN of -∞ − -∞.
    maxima.update(repeating: -.greatestFiniteMagnitude, count: tiles * tileRows)
    totals.update(repeating: 0, count: tiles * tileRows)
    packQueries(arguments, sample, head, queries, into: interleaved)

    var start = 0
    while start < arguments.keyCount {
      let count = min(keyBlock, arguments.keyCount - start)
      for tile in 0..<tiles {
        let first = queries.lowerBound + tile * tileRows
        if arguments.causal && start >= first + tileRows { continue }
        score(
          interleaved + tile * tileRows * size, packed + start * size, size, count, into: scores)
        for r in 0..<tileRows {
          let seen = arguments.causal ? max(0, min(count, first + r + 1 - start)) : count
          let row = tile * tileRows + r
          soften(
            scores + r * keyBlock, seen, count, maximum: maxima + row, total: totals + row,
            sums: sums + row * panels.padded, panels.padded)
        }
        interleaveScores(scores, count, into: weights)
        let values = packed + paddedKeys(arguments.keyCount) * size
        panels.forEach { column, width in
          let b = values + column * arguments.keyCount + start * width
          let c = sums + tile * tileRows * panels.padded + column
          if width == tileColumns {
            multiplyTile(
              depth: count, weights, b, bStride: width, c, cStride: panels.padded,
              accumulates: true)
          } else {
            multiplyNarrowTile(
              depth: count, weights, b, bStride: width, c, cStride: panels.padded,
              accumulates: true)
          }
        }
      }
      start += count
    }
    for row in 0..<queries.count {
      let target =
        arguments.y
        + (sample * arguments.queryCount + queries.lowerBound + row) * arguments.channels
        + head * size
      scaledAdd(
        sums + row * panels.padded, into: target, count: size, scale: 1 / totals[row],
        accumulates: false)
    }
  }

  /// Interleaves the queries tile by tile and scales them, so that scores come out scaled.
  private static func packQueries(
    _ arguments: AttentionArguments, _ sample: Int, _ head: Int, _ queries: Range<Int>,
    into interleaved: UnsafeMutablePointer<Float>
  ) {
    let (size, channels) = (arguments.headSize, arguments.channels)
    let rows = (queries.count + tileRows - 1) / tileRows * tileRows
    for row in 0..<rows {
      let target = interleaved + row / tileRows * tileRows * size + row % tileRows
      let query = sample * arguments.queryCount + queries.lowerBound + row
      let source = arguments.queries + query * channels + head * size
      for c in 0..<size {
        target[c * tileRows] = row < queries.count ? source[c] * arguments.scale : 0
      }
    }
  }

  /// Scores of one tile of queries and `count` keys, `[T, keyBlock]`.
  @inline(__always)
  private static func score(
    _ queries: UnsafePointer<Float>, _ keys: UnsafePointer<Float>, _ size: Int, _ count: Int,
    into scores: UnsafeMutablePointer<Float>
  ) {
    var column = 0
    while column < count {
      multiplyTile(
        depth: size, queries, keys + column * size, bStride: tileColumns, scores + column,
        cStride: keyBlock, accumulates: false)
      column += tileColumns
    }
  }

  /// Turns one query's scores into weights e^(score − m), after rescaling what was summed before.
  ///
  /// Of `count` keys the first `seen` are visible; the others get the weight zero.
  @inline(__always)
  private static func soften(
    _ scores: UnsafeMutablePointer<Float>, _ seen: Int, _ count: Int,
    maximum: UnsafeMutablePointer<Float>, total: UnsafeMutablePointer<Float>,
    sums: UnsafeMutablePointer<Float>, _ width: Int
  ) {
    if seen == 0 {
      scores.update(repeating: 0, count: count)
      return
    }
    var largest = Lanes(repeating: maximum.pointee)
    forEachLanes(seen) { i, lanes in
      let v = load(UnsafePointer(scores + i), lanes, padding: -.infinity)
      largest = largest.replacing(with: v, where: v .> largest)
    }
    var peak = maximum.pointee
    for lane in 0..<Lanes.scalarCount where largest[lane] > peak { peak = largest[lane] }
    if peak > maximum.pointee {
      let factor = exponential(Lanes(repeating: maximum.pointee - peak))[0]
      maximum.pointee = peak
      total.pointee *= factor
      scaledAdd(sums, into: sums, count: width, scale: factor, accumulates: false)
    }
    var sum = Lanes()
    forEachLanes(seen) { i, lanes in
      let v = load(UnsafePointer(scores + i), lanes, padding: -.infinity)
      // Lanes past the end have the weight e^-∞ = 0.
      let weight = exponential(v - peak)
      store(weight, scores + i, lanes)
      sum += weight
    }
    if seen < count { (scores + seen).update(repeating: 0, count: count - seen) }
    total.pointee += sum.total
  }

  @inline(__always)
  private static func interleaveScores(
    _ scores: UnsafePointer<Float>, _ count: Int, into weights: UnsafeMutablePointer<Float>
  ) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: tileRows) { rows in
      guard let rows = rows.baseAddress else { return }
      for r in 0..<tileRows { rows[r] = scores + r * keyBlock }
      interleave(rows, offset: 0, count: count, into: weights)
    }
  }
}
