// One number of a register, halving it again and again: the sum of all lanes, pair by pair, and the largest, none being a
// NaN.

extension SIMD16<Float> {
  @inline(always)
  var sumOfPairs: Float { (lowHalf + highHalf).sumOfPairs }
  @inline(always)
  var largest: Float {
    highHalf.replacing(with: lowHalf, where: lowHalf .> highHalf).largest
  }
}

extension SIMD8<Float> {
  @inline(always)
  var sumOfPairs: Float { (lowHalf + highHalf).sumOfPairs }
  @inline(always)
  var largest: Float {
    highHalf.replacing(with: lowHalf, where: lowHalf .> highHalf).largest
  }
}

extension SIMD4<Float> {
  @inline(always)
  var sumOfPairs: Float { (self[0] + self[2]) + (self[1] + self[3]) }
  @inline(always)
  var largest: Float {
    let pair = highHalf.replacing(with: lowHalf, where: lowHalf .> highHalf)
    return pair[0] > pair[1] ? pair[0] : pair[1]
  }
}
