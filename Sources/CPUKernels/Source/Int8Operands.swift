import CPUKernelInterface

/// Operands of eight bits, four in a word, the first in the lowest byte: inputs without a sign, weights
/// with one.
///
/// A step of 256 words adds up at most 1024·255·127, so that no sum leaves 32 bits.
enum Int8Operands: IntegerOperands {
  static var perWord: Int { 4 }

  /// The largest weight.
  static var largestWeight: Float { 127 }

  @inline(always)
  static func store(_ integers: WordBits, _ pointer: UnsafeMutablePointer<UInt8>) {
    integers.storeBytes(pointer)
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
