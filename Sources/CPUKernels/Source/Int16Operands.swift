import CPUKernelInterface

/// Operands of sixteen bits with a sign, two in a word, the first in the lower half.
enum Int16Operands: IntegerOperands {
  static var perWord: Int { 2 }
  static var stepDepth: Int { 128 }

  @inline(always)
  static func store(_ integers: WordBits, _ pointer: UnsafeMutablePointer<UInt16>) {
    integers.storeHalves(pointer)
  }

  @inline(always)
  static func zeros(_: IntegerCode) -> Word { 0 }

  /// Two numbers at the same place of each word, as words.
  @inline(always)
  static func join(_ first: Lanes, _ second: Lanes, inverse: Lanes) -> Lanes {
    @inline(always)
    func half(_ x: Lanes) -> WordBits {
      let shifted = Lanes(repeating: IntegerCode.magic).adding(x, times: inverse)
      return unsafeBitCast(shifted, to: WordBits.self) & 0xFFFF
    }
    return unsafeBitCast(half(first) | half(second) &<< 16, to: Lanes.self)
  }

  /// What makes integers of numbers with such a norm and such a largest magnitude.
  ///
  /// Sums of products are bounded by the norms (Cauchy and Schwarz): of two vectors of integers with norms
  /// of at most 2^15.5, none leaves 32 bits. A step's numbers are rounded, which lengthens them by
  /// less than 8, half of the root of their count.
  @inline(always)
  static func factor(norm: Lanes, largest: Lanes) -> Lanes {
    let byNorm = Lanes(repeating: 46_332) / norm
    let byLargest = Lanes(repeating: 32_767) / largest
    let factor = byNorm.replacing(with: byLargest, where: byLargest .< byNorm)
    return factor.replacing(with: Lanes(repeating: 1), where: norm .== 0)
  }
}

/// How long some vectors are, each in a lane of its own or all lanes together one.
struct VectorExtent {
  private var squares = Lanes()
  private(set) var largest = Lanes()

  @inline(always)
  init() {}

  @inline(always)
  mutating func include(_ x: Lanes) {
    squares = squares.adding(x, times: x)
    let magnitude = x.replacing(with: -x, where: x .< 0)
    largest = largest.replacing(with: magnitude, where: magnitude .> largest)
  }

  /// The norm of each lane's vector; where a number is not finite, neither is it.
  @inline(always)
  var norms: Lanes { squares.squareRoot() }

  /// The factor of the vector that all lanes hold together.
  @inline(always)
  var factor: Float {
    let norm = Lanes(repeating: squares.sumOfPairs.squareRoot())
    return Int16Operands.factor(norm: norm, largest: Lanes(repeating: largest.largest))[0]
  }
}
