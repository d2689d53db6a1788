import CPUKernelInterface

extension Kernels {
  /// Interleaves `width` rows of `count` words: `packed[k·width + r] = rows[r][offset + k]`.
  ///
  /// Rows that are absent read as zeros. `width` is a multiple of 4.
  @inline(always)
  static func interleave(
    _ rows: UnsafeMutablePointer<UnsafePointer<Word>?>, width: Int, offset: Int, count: Int,
    into packed: UnsafeMutablePointer<Word>
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
    _ a: UnsafePointer<Word>, _ b: UnsafePointer<Word>, _ c: UnsafePointer<Word>,
    _ d: UnsafePointer<Word>, _ count: Int, into packed: UnsafeMutablePointer<Word>, width: Int
  ) {
    @inline(always)
    func four(_ p: UnsafePointer<Word>, _ k: Int) -> SIMD4<Float> {
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
      let step = width * MemoryLayout<Word>.stride
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
