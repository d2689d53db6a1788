// The inner loops of every product: a tile of sums that stays in registers.
//
//     c[i, j] = Σₖ a[k, i] · b[k, j]     (+ c[i, j] when `accumulates`)
//
// `a` holds 4 values for each k, `b` two registers for each k, `bStride` floats apart.
// The sums are named variables because an array of them would live in memory.

/// A tile of 4 rows and two registers of columns.
@inline(never)
func multiplyTile(
  depth: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, bStride: Int,
  _ c: UnsafeMutablePointer<Float>, cStride: Int, accumulates: Bool
) {
  var c0_0 = Lanes(), c0_1 = Lanes()
  var c1_0 = Lanes(), c1_1 = Lanes()
  var c2_0 = Lanes(), c2_1 = Lanes()
  var c3_0 = Lanes(), c3_1 = Lanes()
  if accumulates {
    c0_0 = Lanes(UnsafePointer(c))
    c0_1 = Lanes(UnsafePointer(c + Lanes.scalarCount))
    c1_0 = Lanes(UnsafePointer(c + 1 * cStride))
    c1_1 = Lanes(UnsafePointer(c + 1 * cStride + Lanes.scalarCount))
    c2_0 = Lanes(UnsafePointer(c + 2 * cStride))
    c2_1 = Lanes(UnsafePointer(c + 2 * cStride + Lanes.scalarCount))
    c3_0 = Lanes(UnsafePointer(c + 3 * cStride))
    c3_1 = Lanes(UnsafePointer(c + 3 * cStride + Lanes.scalarCount))
  }
  var (a, b) = (a, b)
  for _ in 0..<depth {
    let b0 = Lanes(b)
    let b1 = Lanes(b + Lanes.scalarCount)
    let a0 = Lanes(repeating: a[0])
    c0_0 = c0_0.adding(a0, times: b0)
    c0_1 = c0_1.adding(a0, times: b1)
    let a1 = Lanes(repeating: a[1])
    c1_0 = c1_0.adding(a1, times: b0)
    c1_1 = c1_1.adding(a1, times: b1)
    let a2 = Lanes(repeating: a[2])
    c2_0 = c2_0.adding(a2, times: b0)
    c2_1 = c2_1.adding(a2, times: b1)
    let a3 = Lanes(repeating: a[3])
    c3_0 = c3_0.adding(a3, times: b0)
    c3_1 = c3_1.adding(a3, times: b1)
    a += 4
    b += bStride
  }
  c0_0.store(c)
  c0_1.store(c + Lanes.scalarCount)
  c1_0.store(c + 1 * cStride)
  c1_1.store(c + 1 * cStride + Lanes.scalarCount)
  c2_0.store(c + 2 * cStride)
  c2_1.store(c + 2 * cStride + Lanes.scalarCount)
  c3_0.store(c + 3 * cStride)
  c3_1.store(c + 3 * cStride + Lanes.scalarCount)
}
