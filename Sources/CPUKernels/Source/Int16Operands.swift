import CPUKernelInterface

/// Operands of sixteen bits with a sign, two in a word, the first in the lower half.
enum Int16Operands: IntegerOperands {
  static var perWord: Int { 2 }
  static var stepDepth: Int { 128 }
  static var haveZeros: Bool { false }

  @inline(always)
  static func store(_ integers: WordBits, _ pointer: UnsafeMutablePointer<UInt16>) {
    integers.storeHalves(pointer)
  }

  @inline(always)
  static func zeros(_: IntegerCode) -> Word { 0 }

  /// A factor for the longest step of a window.
  @inline(always)
  static func code(_ arguments: ConvolutionArguments, _ corner: Corner) -> IntegerCode {
    var extents = StepExtents()
    for tap in 0..<arguments.taps {
      extents.include(arguments.pixel(corner, tap: tap), count: arguments.channels)
    }
    return IntegerCode(factor: extents.finish())
  }

  @inline(always)
  static func weightFactor(_ extent: VectorExtent) -> Lanes {
    factor(norm: extent.norms, largest: extent.largest)
  }

  /// Two numbers at the same place of each word, as words.
  @inline(always)
  static func join(_ first: Lanes, _ second: Lanes, factor: Lanes) -> Lanes {
    unsafeBitCast(
      integers(first, times: factor, at: 0) | integers(second, times: factor, at: 1),
      to: Lanes.self)
  }

  /// What makes integers of numbers with such a norm and such a largest magnitude.
  ///
  /// Sums of products are bounded by the norms (Cauchy and Schwarz): of two vectors of integers with norms
  /// of at most 2^15.5, none leaves 32 bits. A step's numbers are rounded, which lengthens them by
  /// less than 8, half of the root of their count.
  @inline(always)
  static func factor(norm: Lanes, largest: Lanes) -> Lanes {
    let (byNorm, byLargest) = (longest / norm, largestInteger / largest)
    let factor = byNorm.replacing(with: byLargest, where: byLargest .< byNorm)
    return factor.replacing(with: Lanes(repeating: 1), where: norm .== 0)
  }

  /// The same for one vector; where its norm is no number, neither is this.
  @inline(always)
  static func factor(norm: Float, largest: Float) -> Float {
    norm == 0 ? 1 : min(longest / norm, largestInteger / largest)
  }

  private static var longest: Float { 46_332 }
  private static var largestInteger: Float { 32_767 }
}
