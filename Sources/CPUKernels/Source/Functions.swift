import CPUKernelInterface

/// eˣ, with a relative error below 2e-7 for x in -87 ... 88.3; zero below, infinity above.
///
/// eˣ = 2ⁿ·eᶠ with n = round(x / ln 2) and |f| ≤ ln 2 / 2; the polynomial is Cephes' expf. A NaN gives
/// a NaN: the power of two is multiplied and not added to the exponent, which a NaN's bits would carry.
@inline(always)
func exponential(_ x: Lanes) -> Lanes {
  // Adding 1.5·2²³ leaves the nearest integer in the low bits.
  let magic = Lanes(repeating: 12_582_912)
  let shifted = magic.adding(x, times: Lanes(repeating: 1.442_695_04))
  let n = shifted - magic
  let f = x.adding(n, times: Lanes(repeating: -0.693_359_375))
    .adding(n, times: Lanes(repeating: 2.121_944_4e-4))
  var p = Lanes(repeating: 1.987_569_15e-4)
  p = Lanes(repeating: 1.398_199_95e-3).adding(p, times: f)
  p = Lanes(repeating: 8.333_451_9e-3).adding(p, times: f)
  p = Lanes(repeating: 4.166_579_6e-2).adding(p, times: f)
  p = Lanes(repeating: 1.666_666_55e-1).adding(p, times: f)
  p = Lanes(repeating: 5.000_000_1e-1).adding(p, times: f)
  p = (Lanes(repeating: 1) + f).adding(p, times: f * f)
  let power = (unsafeBitCast(shifted, to: IntLanes.self) &+ 127) &<< 23
  return (p * unsafeBitCast(power, to: Lanes.self))
    .replacing(with: Lanes(), where: x .< -87)
    .replacing(with: Lanes(repeating: .infinity), where: x .> 88.3)
}

/// The same with all numbers that are finite, and a relative error below 5e-7.
@inline(always)
func wholeExponential(_ x: Lanes) -> Lanes {
  let root = exponential(x * 0.5)
  return root * root
}

/// 1 / (1 + e⁻ˣ)
@inline(always)
func sigmoid(_ x: Lanes) -> Lanes {
  Lanes(repeating: 1) / (Lanes(repeating: 1) + exponential(-x))
}

/// x·Φ(x) = x/2 · (1 + erf(x/√2)), with an absolute error of erf below 5e-7.
///
/// erf by Abramowitz and Stegun 7.1.26.
@inline(always)
func gelu(_ x: Lanes) -> Lanes {
  let negative = x .< 0
  let z = x.replacing(with: -x, where: negative) * 0.707_106_781
  let t = Lanes(repeating: 1) / Lanes(repeating: 1).adding(z, times: Lanes(repeating: 0.327_591_1))
  var p = Lanes(repeating: 1.061_405_429)
  p = Lanes(repeating: -1.453_152_027).adding(p, times: t)
  p = Lanes(repeating: 1.421_413_741).adding(p, times: t)
  p = Lanes(repeating: -0.284_496_736).adding(p, times: t)
  p = Lanes(repeating: 0.254_829_592).adding(p, times: t)
  let tail = p * t * exponential(-z * z)
  // erfc(|x|/√2) is the tail; Φ is half of it on the left and 1 minus half of it on the right.
  let phi = Lanes(repeating: 1) - tail * 0.5
  return x * phi.replacing(with: tail * 0.5, where: negative)
}

/// Calls `body` with the function of an activation, so that each has loops of its own.
@inline(always)
func withActivation(_ activation: ActivationCode, _ body: (_ apply: (Lanes) -> Lanes) -> Void) {
  switch activation {
  case .identity: body { $0 }
  case .silu: body { $0 * sigmoid($0) }
  case .gelu: body { gelu($0) }
  case .quickGELU: body { $0 * sigmoid($0 * 1.702) }
  case .relu: body { $0.replacing(with: Lanes(), where: $0 .< 0) }
  case .sigmoid: body { sigmoid($0) }
  case .exponential: body { wholeExponential($0) }
  }
}
