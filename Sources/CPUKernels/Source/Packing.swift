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
    let width = (outputs + tileColumns - 1) / tileColumns * tileColumns
    for panel in panels {
      let columns = min(tileColumns, outputs - panel * tileColumns)
      for k in 0..<depth {
        let block = k / blockDepth * blockDepth
        let blockHeight = min(blockDepth, depth - block)
        let row =
          packed + block * width + panel * tileColumns * blockHeight + (k - block) * tileColumns
        let source = weight + panel * tileColumns * depth + k % channels * taps + k / channels
        for column in 0..<columns { row[column] = source[column * depth] }
        for column in columns..<tileColumns { row[column] = 0 }
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
