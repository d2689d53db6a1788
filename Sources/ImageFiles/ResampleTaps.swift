import Foundation

/// A filter's weight by distance, in pixels, from the centre.
struct ResampleKernel: Sendable {
  /// Distance beyond which the weight is zero.
  let support: Double
  let weight: @Sendable (Double) -> Double

  static let triangle = ResampleKernel(support: 1) { max(0, 1 - abs($0)) }
  static let lanczos3 = ResampleKernel(support: 3) { lanczos($0, lobes: 3) }
  static let lanczos4 = ResampleKernel(support: 4) { lanczos($0, lobes: 4) }

  /// Keys' cubic convolution with a = −½.
  ///
  /// Source: Keys, "Cubic convolution interpolation for digital image processing", 1981, eq. 15.
  static let cubic = ResampleKernel(support: 2) { distance in
    let x = abs(distance)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }

  private static func lanczos(_ x: Double, lobes: Double) -> Double {
    -lobes <= x && x < lobes ? sinc(x) * sinc(x / lobes) : 0
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

/// For each pixel of a resized line, the old pixels that it is made of and their weights.
struct ResampleTaps {
  /// Old pixels' indices and weights, all new pixels' one after the other; weights sum to 1 each.
  private(set) var indices: [Int] = []
  private(set) var weights: [Double] = []
  /// Where each new pixel's taps begin, with the end of the last.
  private(set) var starts: [Int] = [0]

  /// The number of new pixels.
  var count: Int { starts.count - 1 }

  /// Samples a kernel around each new pixel's centre.
  ///
  /// - Parameter antialias: Widens the kernel by the factor of shrinking and leaves out what falls
  ///   beyond the edge, as Pillow does; otherwise the edge's pixel is repeated, as by OpenCV.
  init(_ kernel: ResampleKernel, from old: Int, to new: Int, antialias: Bool) {
    let scale = Double(old) / Double(new)
    let stretch = antialias ? max(scale, 1) : 1
    let support = kernel.support * stretch
    for pixel in 0..<new {
      let centre = (Double(pixel) + 0.5) * scale
      let first = Int((centre - support + 0.5).rounded(.down))
      let end = Int((centre + support + 0.5).rounded(.down))
      var taps = first..<end
      if antialias { taps = taps.clamped(to: 0..<old) }
      let raw = taps.map { kernel.weight((Double($0) - centre + 0.5) * (1 / stretch)) }
      let sum = raw.reduce(0, +)
      append(taps.map { min(max($0, 0), old - 1) }, raw.map { $0 / sum })
    }
  }

  /// Weighs each old pixel by how much of it a new, larger one covers.
  init(areaFrom old: Int, to new: Int) {
    for pixel in 0..<new {
      // In units of 1/new of an old pixel, so that the cover is exact.
      let (start, end) = (pixel * old, (pixel + 1) * old)
      let taps = start / new...(end - 1) / new
      let covers = taps.map { min(end, ($0 + 1) * new) - max(start, $0 * new) }
      append(Array(taps), covers.map { Double($0) / Double(old) })
    }
  }

  /// OpenCV's stand-in for areas when the image grows: a new pixel is one old pixel's colour unless
  /// it lies across the border of two, which it then mixes.
  init(enlargedAreaFrom old: Int, to new: Int) {
    // In OpenCV's own steps: their rounding decides where borders meet exactly.
    let inverse = Double(new) / Double(old)
    let scale = 1 / inverse
    for pixel in 0..<new {
      let first = Int((Double(pixel) * scale).rounded(.down))
      let beyond = Float(Double(pixel + 1) - Double(first + 1) * inverse)
      let fraction = beyond <= 0 ? 0 : Double(beyond - beyond.rounded(.down))
      append([first, min(first + 1, old - 1)], [1 - fraction, fraction])
    }
  }

  /// The old pixels from the first to the last that some new ones are made of.
  func reach(of pixels: Range<Int>) -> Range<Int> {
    indices[starts[pixels.lowerBound]]..<indices[starts[pixels.upperBound] - 1] + 1
  }

  private mutating func append(_ newIndices: [Int], _ newWeights: [Double]) {
    indices += newIndices
    weights += newWeights
    starts.append(indices.count)
  }
}
