import CPUKernelInterface

/// Operands that are integers, the first in the lowest bits of a word.
protocol IntegerOperands: Operands {
  /// An operand's bits.
  associatedtype Bits: FixedWidthInteger & UnsignedInteger
  /// Writes the lowest bits of each word.
  static func store(_ integers: WordBits, _ pointer: UnsafeMutablePointer<Bits>)
}

extension IntegerOperands {
  static var sumsAreIntegers: Bool { true }

  @inline(always)
  static func store(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>,
    _ code: IntegerCode
  ) {
    let operands = UnsafeMutableRawPointer(words).assumingMemoryBound(to: Bits.self)
    forEachLanes(count) { i, lanes in
      let integers = code.integers(Kernels.load(x + i, lanes))
      if lanes == Lanes.scalarCount { return store(integers, operands + i) }
      for lane in 0..<lanes { operands[i + lane] = Bits(truncatingIfNeeded: integers[lane]) }
      for rest in i + lanes..<Self.words(count) * perWord { operands[rest] = 0 }
    }
  }
}
