/// Single precision logarithm, sine and cosine, rounded as PyTorch's vectorised normal numbers are.
///
/// PyTorch draws 16 or more normal numbers with the polynomials of Moshier's Cephes library, compiled
/// so that a product and the sum after it are one fused operation. The system's `log`, `sin` and
/// `cos` are closer to the truth and differ in the last bits; a seed means the same image only
/// with these. `addingProduct` marks exactly the places where the reference fuses.
///
/// Source: Moshier, Cephes Mathematical Library (`logf`, `sinf`, `cosf`), <https://netlib.org/cephes>.
enum CephesFloat {
  /// Computes ln x for a normal, positive x.
  ///
  ///     x = m · 2ᵉ with √½ ≤ m < √2,  r = m − 1,  ln x = r − r²/2 + r³·P(r) + e·ln 2
  static func log(_ x: Float) -> Float {
    var exponent = Float(x.exponent + 1)
    var r = x.significand / 2
    if r < Float(0.5).squareRoot() {
      exponent -= 1
      r = r - 1 + r
    } else {
      r -= 1
    }
    let square = r * r
    let cubic = horner(logCoefficients, r) * r
    // ln 2 is the sum of two constants, the larger with so few digits that its product is exact.
    let correction = (exponent * -2.12194440e-4).addingProduct(cubic, square)
    return (r + (correction - square * 0.5)).addingProduct(exponent, 0.693359375)
  }

  /// Computes sine and cosine of an angle in 0 ..< 2π, in radians.
  ///
  /// The angle is first reduced to −π/4 ... π/4 by an even multiple j of π/4.
  static func sinCos(_ angle: Float) -> (sin: Float, cos: Float) {
    let octant = (Int32(angle * 1.27323954473516) + 1) & ~1
    let j = Float(octant)
    // π/4 is the sum of three constants, so that j·π/4 is subtracted with more than 24 bits.
    let x = angle.addingProduct(j, -0.78515625).addingProduct(j, -2.4187564849853515625e-4)
      .addingProduct(j, -3.77489497744594108e-8)
    let z = x * x
    let sine = x.addingProduct(horner(sineCoefficients, z) * z, x)
    let cosine = (-(z * 0.5)).addingProduct(horner(cosineCoefficients, z) * z, z) + 1

    let swapped = octant & 2 != 0
    let sinNegative = octant & 4 != 0
    let cosNegative = (octant - 2) & 4 == 0
    return (
      sin: (swapped ? cosine : sine) * (sinNegative ? -1 : 1),
      cos: (swapped ? sine : cosine) * (cosNegative ? -1 : 1)
    )
  }

  /// Evaluates a polynomial whose coefficients are given from the highest power down.
  private static func horner(_ coefficients: [Float], _ x: Float) -> Float {
    coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, x) }
  }

  private static let logCoefficients: [Float] = [
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]
  private static let sineCoefficients: [Float] = [
    -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1,
  ]
  private static let cosineCoefficients: [Float] = [
    2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2,
  ]
}
