package import CPUKernelInterface

// Products of short integers where the processor does not add them up by itself: the same sums, and later.

extension Int8Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    let (inputs, weights) = (
      unsafeBitCast(a, to: WordBits.self), unsafeBitCast(b, to: IntLanes.self)
    )
    @inline(always)
    func product(_ place: UInt32) -> IntLanes {
      unsafeBitCast((inputs &>> (8 * place)) & 0xFF, to: IntLanes.self)
        &* ((weights &<< Int32(24 - 8 * place)) &>> 24)
    }
    return unsafeBitCast(
      unsafeBitCast(sum, to: IntLanes.self) &+ product(0) &+ product(1) &+ product(2) &+ product(3),
      to: Lanes.self)
  }
}

extension Int16Operands {
  @inline(always)
  static func add(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    let (a, b) = (unsafeBitCast(a, to: IntLanes.self), unsafeBitCast(b, to: IntLanes.self))
    let low = ((a &<< 16) &>> 16) &* ((b &<< 16) &>> 16)
    return unsafeBitCast(
      unsafeBitCast(sum, to: IntLanes.self) &+ low &+ (a &>> 16) &* (b &>> 16), to: Lanes.self)
  }
}

extension Kernels {
  package static var integerInstructions: IntegerInstructions { .none }
}
