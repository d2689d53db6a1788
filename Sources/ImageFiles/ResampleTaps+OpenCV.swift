import Foundation

/// How OpenCV weighs the pixels around a place, in single precision as it does.
///
/// Its builds for Intel processors may hand the cubic kind to a library of Intel's, which rounds less often: those
/// images are one level apart in places.
enum OpenCVKernel {
  case linear, cubic, lanczos4

  /// The weights of the pixels around a place, of an even number.
  ///
  /// - Parameter fraction: How far the place lies behind the last pixel before it, 0 … 1.
  func weights(_ fraction: Float) -> [Float] {
    switch self {
    case .linear: [1 - fraction, fraction]
    case .cubic: Self.cubic(fraction)
    case .lanczos4: Self.lanczos4(fraction)
    }
  }

  /// Keys' cubic convolution with a = −¾; the last weight makes the sum 1.
  private static func cubic(_ x: Float) -> [Float] {
    let a: Float = -0.75
    func near(_ x: Float) -> Float { ((a + 2) * x - (a + 3)) * x * x + 1 }
    let far = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a
    let (before, after) = (near(x), near(1 - x))
    return [far, before, after, 1 - far - before - after]
  }

  /// A sinc windowed to four lobes, sin(πd/4) taken by the angle sum from that of the first pixel.
  private static func lanczos4(_ x: Float) -> [Float] {
    let angle = -(Double(x) + 3) * .pi / 4
    let (sine, cosine) = (sin(angle), cos(angle))
    let raw = (0..<8).map { index -> Float in
      let distance = x + 3 - Float(index)
      // The pixel under the place itself outweighs all others.
      if abs(distance) < 1e-6 { return 1e30 }
      let turn = Double(index) * 5 * .pi / 4
      let square = Double(-distance) * .pi / 4 * (Double(-distance) * .pi / 4)
      return Float((cos(turn) * sine + sin(turn) * cosine) / square)
    }
    let scale = 1 / raw.reduce(0, +)
    return raw.map { $0 * scale }
  }
}

extension ResampleTaps {
  /// Samples a kernel of fixed width around each new pixel's centre; beyond the edge its pixel is repeated.
  init(openCV kernel: OpenCVKernel, from old: Int, to new: Int) {
    self.init()
    // In OpenCV's own steps: their rounding decides the weights' last places.
    let scale = 1 / (Double(new) / Double(old))
    for pixel in 0..<new {
      let centre = Float((Double(pixel) + 0.5) * scale - 0.5)
      let before = centre.rounded(.down)
      let weights = kernel.weights(centre - before)
      let first = Int(before) - (weights.count / 2 - 1)
      append(
        weights.indices.map { min(max(first + $0, 0), old - 1) }, weights.map(Double.init))
    }
  }

  /// OpenCV's stand-in for areas when the image grows: a new pixel is one old pixel's colour unless
  /// it lies across the border of two, which it then mixes.
  init(enlargedAreaFrom old: Int, to new: Int) {
    self.init()
    let inverse = Double(new) / Double(old)
    let scale = 1 / inverse
    for pixel in 0..<new {
      let first = Int((Double(pixel) * scale).rounded(.down))
      let beyond = Float(Double(pixel + 1) - Double(first + 1) * inverse)
      let fraction = beyond <= 0 ? 0 : Double(beyond - beyond.rounded(.down))
      append([first, min(first + 1, old - 1)], [1 - fraction, fraction])
    }
  }
}
