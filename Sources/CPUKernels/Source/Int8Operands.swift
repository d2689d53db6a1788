import CPUKernelInterface

/// Operands of eight bits, four in a word, the first in the lowest byte: inputs without a sign, weights
/// with one.
///
/// A step of 256 words adds up at most 1024·255·127, so that no sum leaves 32 bits.
enum Int8Operands: IntegerOperands {
  static var perWord: Int { 4 }
  static var haveZeros: Bool { true }

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

  @inline(always)
  static func code(_ arguments: ConvolutionArguments, _ corner: Corner) -> IntegerCode {
    var range = NumberRange()
    for tap in 0..<arguments.taps {
      guard let pixel = arguments.pixel(corner, tap: tap) else { continue }
      range.include(pixel, count: arguments.channels)
    }
    return range.byteCode
  }

  @inline(always)
  static func weightFactor(_ extent: VectorExtent) -> Lanes {
    // A norm that is no number leaves none.
    let factor = Lanes(repeating: 127) / (extent.largest + 0 * extent.norms)
    return factor.replacing(with: Lanes(repeating: 1), where: extent.largest .== 0)
  }
}
