import CIntrinsics
import CPUKernelInterface

extension BFloat16Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { add_bf16_products(sum, a, b) }

  @inline(always)
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>) {
    let step = 2 * Lanes.scalarCount
    var i = 0
    while i + step <= count {
      round_to_bf16(Lanes(x + i), Lanes(x + i + Lanes.scalarCount)).store(words + i / 2)
      i += step
    }
    if i == count { return }
    let first = Lanes(x + i, count: min(count - i, Lanes.scalarCount), padding: 0)
    let rest = max(count - i - Lanes.scalarCount, 0)
    let second = Lanes(x + i + Lanes.scalarCount, count: rest, padding: 0)
    round_to_bf16(first, second).store(words + i / 2, count: (count - i + 1) / 2)
  }
}
