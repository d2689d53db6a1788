import CPUKernelInterface

extension Kernels {
  /// Products summed before a tile goes back to memory: a panel of weights of this depth fits into
  /// the first-level cache.
  static var blockDepth: Int { 256 }

  package static func packedCount(outputs: Int, depth: Int) -> Int {
    (outputs + tileColumns - 1) / tileColumns * tileColumns * depth
  }

  /// Layout: blocks of `blockDepth` products; in a block, panels of `tileColumns` outputs; in a panel,
  /// a row of outputs for each product. Product k is tap k / C, channel k % C.
  package static func pack(
    _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, outputs: Int,
    channels: Int, taps: Int, panels: Range<Int>
  ) {
    let depth = channels * taps
    let width = packedCount(outputs: outputs, depth: 1)
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: tileColumns) { rows in
      guard let rows = rows.baseAddress else { return }
      for panel in panels {
        for column in 0..<tileColumns {
          let output = panel * tileColumns + column
          rows[column] = output < outputs ? weight + output * depth : nil
        }
        if taps == 1 {
          packMatrix(rows, depth, width, panel, into: packed)
        } else {
          packWindow(rows, channels, taps, width, panel, into: packed)
        }
      }
    }
  }

  /// Where the outputs of product `k` stand in a panel.
  @inline(always)
  static func packedRow(_ k: Int, depth: Int, width: Int, panel: Int) -> Int {
    let block = k / blockDepth * blockDepth
    let height = min(blockDepth, depth - block)
    return block * width + panel * tileColumns * height + (k - block) * tileColumns
  }

  private static func packMatrix(
    _ rows: UnsafeMutablePointer<UnsafePointer<Float>?>, _ depth: Int, _ width: Int, _ panel: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    for block in stride(from: 0, to: depth, by: blockDepth) {
      interleave(
        rows, width: tileColumns, offset: block, count: min(blockDepth, depth - block),
        into: packed + packedRow(block, depth: depth, width: width, panel: panel))
    }
  }

  /// Goes through the weights in their own order, so that each is read from memory once.
  private static func packWindow(
    _ rows: UnsafeMutablePointer<UnsafePointer<Float>?>, _ channels: Int, _ taps: Int,
    _ width: Int, _ panel: Int, into packed: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      for tap in 0..<taps {
        let k = tap * channels + channel
        let target =
          packed + packedRow(k, depth: taps * channels, width: width, panel: panel)
        let source = channel * taps + tap
        for column in 0..<tileColumns { target[column] = rows[column]?[source] ?? 0 }
      }
    }
  }

  /// Interleaves `width` rows of `count` floats: `packed[k·width + r] = rows[r][offset + k]`.
  ///
  /// Rows that are absent read as zeros. `width` is a multiple of 4.
  @inline(always)
  static func interleave(
    _ rows: UnsafeMutablePointer<UnsafePointer<Float>?>, width: Int, offset: Int, count: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    var r = 0
    while r < width {
      if let a = rows[r], let b = rows[r + 1], let c = rows[r + 2], let d = rows[r + 3] {
        interleaveFour(
          a + offset, b + offset, c + offset, d + offset, count, into: packed + r, width: width)
      } else {
        for s in r..<r + 4 {
          if let row = rows[s] {
            for k in 0..<count { packed[k * width + s] = row[offset + k] }
          } else {
            for k in 0..<count { packed[k * width + s] = 0 }
          }
        }
      }
      r += 4
    }
  }

  @inline(always)
  private static func interleaveFour(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    _ d: UnsafePointer<Float>, _ count: Int, into packed: UnsafeMutablePointer<Float>, width: Int
  ) {
    @inline(always)
    func four(_ p: UnsafePointer<Float>, _ k: Int) -> SIMD4<Float> {
      UnsafeRawPointer(p + k).loadUnaligned(as: SIMD4<Float>.self)
    }
    var k = 0
    while k + 4 <= count {
      let (x, y, z, w) = (four(a, k), four(b, k), four(c, k), four(d, k))
      let columns = (
        SIMD4(x[0], y[0], z[0], w[0]), SIMD4(x[1], y[1], z[1], w[1]),
        SIMD4(x[2], y[2], z[2], w[2]), SIMD4(x[3], y[3], z[3], w[3])
      )
      let target = UnsafeMutableRawPointer(packed + k * width)
      let step = width * MemoryLayout<Float>.stride
      target.storeBytes(of: columns.0, as: SIMD4<Float>.self)
      (target + step).storeBytes(of: columns.1, as: SIMD4<Float>.self)
      (target + 2 * step).storeBytes(of: columns.2, as: SIMD4<Float>.self)
      (target + 3 * step).storeBytes(of: columns.3, as: SIMD4<Float>.self)
      k += 4
    }
    while k < count {
      let row = packed + k * width
      (row[0], row[1], row[2], row[3]) = (a[k], b[k], c[k], d[k])
      k += 1
    }
  }
}
