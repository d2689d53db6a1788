import CPUKernelInterface

// Products of short integers where the processor adds up two of sixteen bits, and the sum in a step of its own.

extension Int16Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    unsafeBitCast(unsafeBitCast(sum, to: IntLanes.self) &+ a.pairProducts(b), to: Lanes.self)
  }
}

extension Int8Operands {
  /// Bytes as halves, first those in even places and then those in odd ones: products of bytes themselves would be added
  /// up in sixteen bits, which do not hold them.
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    let (inputs, weights) = (
      unsafeBitCast(a, to: HalfBits.self), unsafeBitCast(b, to: HalfLanes.self)
    )
    let even = unsafeBitCast(inputs & 0xFF, to: Lanes.self)
      .pairProducts(unsafeBitCast((weights &<< 8) &>> 8, to: Lanes.self))
    let odd = unsafeBitCast(inputs &>> 8, to: Lanes.self)
      .pairProducts(unsafeBitCast(weights &>> 8, to: Lanes.self))
    return unsafeBitCast(unsafeBitCast(sum, to: IntLanes.self) &+ even &+ odd, to: Lanes.self)
  }
}
