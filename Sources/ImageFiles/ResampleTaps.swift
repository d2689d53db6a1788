import Foundation

/// A filter's weight by distance, in pixels, from the centre.
struct ResampleKernel: Sendable {
  /// Distance beyond which the weight is zero.
  let support: Double
  let weight: @Sendable (Double) -> Double

  /// A sinc windowed to three lobes.
  static let lanczos3 = ResampleKernel(support: 3) {
    -3 <= $0 && $0 < 3 ? sinc($0) * sinc($0 / 3) : 0
  }

  /// Keys' cubic convolution with a = −½.
  ///
  /// Source: Keys, "Cubic convolution interpolation for digital image processing", 1981, eq. 15.
  static let cubic = ResampleKernel(support: 2) { distance in
    let x = abs(distance)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }

  /// A triangle over a pixel each way.
  static let triangle = ResampleKernel(support: 1) { max(1 - abs($0), 0) }

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

  /// Makes taps for no pixel yet.
  init() {}

  /// Samples a kernel around each new pixel's centre.
  ///
  /// When shrinking, the kernel is widened by the factor; what falls beyond the edge is left out, as in Pillow.
  init(_ kernel: ResampleKernel, from old: Int, to new: Int) {
    let scale = Double(old) / Double(new)
    let stretch = max(scale, 1)
    let support = kernel.support * stretch
    for pixel in 0..<new {
      let centre = (Double(pixel) + 0.5) * scale
      let first = Int((centre - support + 0.5).rounded(.down))
      let end = Int((centre + support + 0.5).rounded(.down))
      let taps = (first..<end).clamped(to: 0..<old)
      let raw = taps.map { kernel.weight((Double($0) - centre + 0.5) * (1 / stretch)) }
      let sum = raw.reduce(0, +)
      append(Array(taps), raw.map { $0 / sum })
    }
  }

  /// The old pixels from the first to the last that some new ones are made of.
  func reach(of pixels: Range<Int>) -> Range<Int> {
    indices[starts[pixels.lowerBound]]..<indices[starts[pixels.upperBound] - 1] + 1
  }

  /// Adds a new pixel.
  mutating func append(_ newIndices: [Int], _ newWeights: [Double]) {
    indices += newIndices
    weights += newWeights
    starts.append(indices.count)
  }
}
