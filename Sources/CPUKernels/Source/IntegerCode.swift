import CPUKernelInterface

/// What numbers have to do with the integers that stand for them: number = scale · (integer − zero).
struct IntegerCode {
  var scale: Float
  var zero: Float
  /// 1 / scale
  var inverse: Float

  /// For operands that are numbers themselves.
  static var none: IntegerCode { IntegerCode(scale: 1, zero: 0) }

  @inline(always)
  init(scale: Float, zero: Float) {
    (self.scale, self.zero, inverse) = (scale, zero, 1 / scale)
  }

  /// Integers with a sign that are numbers times a factor.
  @inline(always)
  init(factor: Float) { (scale, zero, inverse) = (1 / factor, 0, factor) }

  /// Adding 1.5·2²³ leaves the nearest integer, ties to even, in the low bits.
  @inline(always)
  static var magic: Float { 12_582_912 }

  /// The nearest integers, in the low bits of each word; the high ones mean nothing.
  @inline(always)
  func integers(_ x: Lanes) -> WordBits {
    unsafeBitCast(
      Lanes(repeating: Self.magic + zero).adding(x, times: Lanes(repeating: inverse)),
      to: WordBits.self)
  }
}

/// The smallest and largest numbers of some, zero being one of them.
struct NumberRange {
  private var low = Lanes(), high = Lanes()
  /// Zeros, but for an infinity or a NaN, which no comparison would keep.
  private var poison = Lanes()

  @inline(always)
  init() {}

  @inline(always)
  mutating func include(_ x: Lanes) {
    low = low.replacing(with: x, where: x .< low)
    high = high.replacing(with: x, where: x .> high)
    poison = poison.adding(x, times: Lanes())
  }

  @inline(always)
  mutating func include(_ x: UnsafePointer<Float>, count: Int) {
    forEachLanes(count) { i, lanes in include(Kernels.load(x + i, lanes)) }
  }

  /// The code of bytes without a sign for which none of the numbers is out of reach: its zero is a whole
  /// number, so that zeros stay zeros, and of 255 steps one is left for its rounding.
  ///
  /// Where a number is not finite, the scale is a NaN, and so is what is computed with it.
  @inline(always)
  var byteCode: IntegerCode {
    let (low, high) = (-(-low).largest, high.largest)
    let scale = (high - low) / 254 + poison.sumOfPairs
    if scale == 0 { return .none }
    return IntegerCode(scale: scale, zero: (-low / scale).rounded(.toNearestOrEven))
  }
}
