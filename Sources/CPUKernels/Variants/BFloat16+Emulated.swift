import CPUKernelInterface

// bf16 where the processor does not know it: as exact as single precision, and slower.

extension BFloat16Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    sum.adding(numbers(a, at: 1), times: numbers(b, at: 1))
      .adding(numbers(a, at: 0), times: numbers(b, at: 0))
  }

  @inline(always)
  static func store(_ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>) {
    let halves = UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt16.self)
    for i in 0..<count { halves[i] = rounded(x[i]) }
    if count % 2 == 1 { halves[count] = 0 }
  }

  /// The nearest bf16 number, ties to even; a NaN stays one.
  @inline(always)
  private static func rounded(_ x: Float) -> UInt16 {
    let bits = x.bitPattern
    if x != x { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
