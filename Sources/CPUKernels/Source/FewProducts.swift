import CIntrinsics
import CPUKernelInterface

/// The first three rows of a tile, as `addProducts` makes them: a single row, as of a text's next token, would leave most
/// of a whole tile's work to nobody, and needs each weight as fast as memory brings it.
@inline(never)
func addFewProducts<F: Operands>(
  _: F.Type, depth: Int, _ a: UnsafePointer<Word>, aStride: Int, _ b: UnsafePointer<Word>,
  _ sums: TileSums, ahead: UnsafePointer<Word>, share: Int
) {
  var rows = TileRows<F>(0, a, aStride, sums)
  var (b, ahead) = (b, ahead)
  let step = (share + depth - 1) / depth
  for _ in 0..<depth {
    rows.add(aStride: aStride, Lanes(b), Lanes(b + Lanes.scalarCount))
    b += 2 * Lanes.scalarCount
    prefetch_line(ahead)
    prefetch_line(ahead + step / 2)
    ahead += step
  }
  rows.store(0, sums)
}
