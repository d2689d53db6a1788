// The transforms of Winograd's F(4×4, 3×3): a tile of 4×4 results from 6×6 inputs with 36 products
// instead of 144.
//
//     y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A
//
// Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", arXiv 1509.09308.

/// Six registers: a row or a column of a tile.
typealias Six = (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes)

enum Winograd {
  /// Side of a tile of results, and of the inputs that it needs.
  static var resultSide: Int { 4 }
  static var inputSide: Int { 6 }
  /// Products of a tile.
  static var positions: Int { 36 }

  /// Bᵀ d
  @inline(always)
  static func input(_ d: Six) -> Six {
    let (four, five, two) = (
      Lanes(repeating: 4), Lanes(repeating: -5), Lanes(repeating: 2)
    )
    let even = d.4.adding(d.2, times: -four)
    let odd = d.3.adding(d.1, times: -four)
    let near = d.4 - d.2
    let far = (d.3 - d.1) * two
    return (
      d.4.adding(d.0, times: four).adding(d.2, times: five),
      even + odd, even - odd, near + far, near - far,
      d.5.adding(d.1, times: four).adding(d.3, times: five)
    )
  }

  /// G g
  @inline(always)
  static func kernel(_ g: (Lanes, Lanes, Lanes)) -> Six {
    let sixth = (g.0 + g.2) * (-1.0 / 6)
    let outer = g.0.adding(g.2, times: Lanes(repeating: 4)) * (1.0 / 24)
    let middle = g.1 * (1.0 / 12)
    return (
      g.0 * 0.25, sixth - g.1 * (1.0 / 6), sixth + g.1 * (1.0 / 6), outer + middle,
      outer - middle, g.2
    )
  }

  /// Aᵀ m
  @inline(always)
  static func result(_ m: Six) -> (Lanes, Lanes, Lanes, Lanes) {
    let (near, far) = (m.1 + m.2, m.3 + m.4)
    let (nearOdd, farOdd) = (m.1 - m.2, m.3 - m.4)
    return (
      m.0 + near + far,
      nearOdd.adding(farOdd, times: Lanes(repeating: 2)),
      near.adding(far, times: Lanes(repeating: 4)),
      (nearOdd + m.5).adding(farOdd, times: Lanes(repeating: 8))
    )
  }

  /// Six registers that lie `stride` floats apart.
  @inline(always)
  static func load(_ pointer: UnsafePointer<Float>, stride: Int) -> Six {
    (
      Lanes(pointer), Lanes(pointer + stride), Lanes(pointer + 2 * stride),
      Lanes(pointer + 3 * stride), Lanes(pointer + 4 * stride), Lanes(pointer + 5 * stride)
    )
  }

  /// Writes six registers `stride` floats apart.
  @inline(always)
  static func store(_ six: Six, _ pointer: UnsafeMutablePointer<Float>, stride: Int) {
    six.0.store(pointer)
    six.1.store(pointer + stride)
    six.2.store(pointer + 2 * stride)
    six.3.store(pointer + 3 * stride)
    six.4.store(pointer + 4 * stride)
    six.5.store(pointer + 5 * stride)
  }
}
