import CPUKernelInterface

/// Operands that are integers, the first in the lowest bits of a word.
protocol IntegerOperands: Operands {
  /// An operand's bits.
  associatedtype Bits: FixedWidthInteger & UnsignedInteger
  /// Whether the integers of inputs have a zero of their own, so that the sums of weights matter.
  static var haveZeros: Bool { get }
  /// Writes the lowest bits of each word.
  static func store(_ integers: WordBits, _ pointer: UnsafeMutablePointer<Bits>)
  /// What makes integers of a step of each output's weights.
  static func weightFactor(_ extent: VectorExtent) -> Lanes
}

extension IntegerOperands {
  static var sumsAreIntegers: Bool { true }

  static func scaleRows(depth: Int) -> Int { steps(words: depth) * (haveZeros ? 2 : 1) }

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

  /// The nearest integers to numbers times a factor, at one place of each word.
  @inline(always)
  static func integers(_ x: Lanes, times factor: Lanes, at place: Int) -> WordBits {
    let shifted = Lanes(repeating: IntegerCode.magic).adding(x, times: factor)
    return (unsafeBitCast(shifted, to: WordBits.self) & WordBits(repeating: UInt32(Bits.max)))
      &<< UInt32(place * Bits.bitWidth)
  }

  @inline(always)
  static func numbers(_ words: Lanes, at place: Int) -> Lanes {
    let (width, bits) = (Bits.bitWidth, unsafeBitCast(words, to: IntLanes.self))
    let top = bits &<< Int32(32 - width * (place + 1))
    return unsafeBitCast(top &>> Int32(32 - width), to: Lanes.self).integerValue
  }

  /// A word of ones.
  static var ones: Word { Word(bitPattern: .max / UInt32(Bits.max)) }
}
