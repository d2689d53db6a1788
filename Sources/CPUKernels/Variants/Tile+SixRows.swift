import CIntrinsics
import CPUKernelInterface

// The inner loop of every product: a tile of sums that stays in registers.
//
//     end[i, j] = start[i, j] + bias[j] + Σₖ a[i, k] · b[k, j]
//
// `a` holds a row of words for each i, `aStride` words apart; `b` holds two registers of words for
// each k. The sums are named variables because an array of them would live in memory. Meanwhile
// `share` words from `ahead` on, which will be needed later, are brought into the second-level cache.

/// A tile of six rows and two registers of columns.
@inline(never)
func addProducts<F: Operands>(
  _: F.Type, depth: Int, _ a: UnsafePointer<Word>, aStride: Int, _ b: UnsafePointer<Word>,
  _ sums: TileSums, ahead: UnsafePointer<Word>, share: Int
) {
  var r0 = TileRows<F>(0, a, aStride, sums)
  var r3 = TileRows<F>(3, a, aStride, sums)
  var (b, ahead) = (b, ahead)
  let step = (share + depth - 1) / depth
  for _ in 0..<depth {
    let (left, right) = (Lanes(b), Lanes(b + Lanes.scalarCount))
    r0.add(aStride: aStride, left, right)
    r3.add(aStride: aStride, left, right)
    b += 2 * Lanes.scalarCount
    prefetch_line(ahead)
    ahead += step
  }
  r0.store(0, sums)
  r3.store(3, sums)
}
