import CPUKernelInterface

/// Operands of eight bits, four in a word, the first in the lowest byte: inputs without a sign, weights
/// with one.
///
/// A step of 256 words adds up at most 1024·255·127, so that no sum leaves 32 bits.
enum Int8Operands: Operands {
  static var perWord: Int { 4 }
  static var sumsAreIntegers: Bool { true }

  /// The largest weight.
  static var largestWeight: Float { 127 }

  @inline(always)
  static func store(
    _ x: UnsafePointer<Float>, count: Int, into words: UnsafeMutablePointer<Word>,
    _ code: IntegerCode
  ) {
    let bytes = UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt8.self)
    forEachLanes(count) { i, lanes in
      let integers = code.integers(Kernels.load(x + i, lanes))
      if lanes == Lanes.scalarCount {
        integers.storeBytes(bytes + i)
      } else {
        for lane in 0..<lanes { bytes[i + lane] = UInt8(truncatingIfNeeded: integers[lane]) }
        for rest in i + lanes..<Self.words(count) * perWord { bytes[rest] = 0 }
      }
    }
  }

  /// A word of inputs that are zeros.
  @inline(always)
  static func zeros(_ code: IntegerCode) -> Word {
    // A code that is no number has no zero either, and whatever is read for it ends as a NaN.
    let zero = code.zero == code.zero ? UInt32(code.zero) : 0
    return Word(bitPattern: zero &* 0x0101_0101)
  }

  /// Four numbers at the same place of each word, as words.
  @inline(always)
  static func join(_ four: (Lanes, Lanes, Lanes, Lanes), inverse: Lanes) -> Lanes {
    @inline(always)
    func byte(_ x: Lanes, _ place: UInt32) -> WordBits {
      let shifted = Lanes(repeating: IntegerCode.magic).adding(x, times: inverse)
      return (unsafeBitCast(shifted, to: WordBits.self) & 0xFF) &<< (8 * place)
    }
    let bits = byte(four.0, 0) | byte(four.1, 1) | byte(four.2, 2) | byte(four.3, 3)
    return unsafeBitCast(bits, to: Lanes.self)
  }
}
