/// Operands of bf16, the upper halves of single precision: two in a word, the first in the lower half.
enum BFloat16Operands: FloatOperands {
  static var perWord: Int { 2 }

  /// Rounds to the nearest number, ties away from zero.
  @inline(always)
  static func join(_ first: Lanes, _ second: Lanes) -> Lanes {
    let half = WordBits(repeating: 0x8000)
    let low = (unsafeBitCast(first, to: WordBits.self) &+ half) &>> 16
    let high = (unsafeBitCast(second, to: WordBits.self) &+ half) & WordBits(repeating: 0xFFFF_0000)
    return unsafeBitCast(low | high, to: Lanes.self)
  }

  @inline(always)
  static func numbers(_ words: Lanes, at place: Int) -> Lanes {
    let bits = unsafeBitCast(words, to: WordBits.self)
    return unsafeBitCast(
      place == 0 ? bits &<< 16 : bits & WordBits(repeating: 0xFFFF_0000), to: Lanes.self)
  }
}
