import Checkpoints

/// What a Fréchet distance would be of infinitely many images.
///
/// The distance of few images is too large, by an amount that falls as 1/N. Distances of growing parts of the images, in random
/// order, are fitted by a line over 1/N; where it meets zero is the estimate.
///
/// Source: Chong and Forsyth, "Effectively Unbiased FID and Inception Score and where to find them", CVPR 2020, arXiv
/// 1911.07023, with their 15 sizes from a tenth of the images to all of them.
public enum FIDInfinity {
  /// How many sizes there are.
  static let points = 15
  /// Fewer images have no parts worth comparing.
  public static let leastCount = 100

  /// The estimate.
  ///
  /// - Parameters:
  ///   - features: A row an image, at least ``leastCount``.
  ///   - distance: To the reference.
  ///   - seed: Chooses the orders.
  ///   - progress: Called after each size with its number, from 1, and the number of all; what it throws ends the work.
  public static func estimate(
    _ features: Matrix, _ distance: FrechetDistance, seed: UInt64 = 0,
    progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in }
  ) rethrows -> Double {
    precondition(features.rows >= leastCount, "FIDInfinity: \(features.rows) images are too few")
    let projected = distance.project(features)
    let sizes = sizes(of: features.rows)
    var generator = SplitMix64(seed: seed)
    let distances = try sizes.enumerated().map { index, size in
      let part = (0..<features.rows).shuffled(using: &generator).prefix(size)
      let value = distance.distance(
        features.selecting(part), projected: projected.selecting(part))
      try progress(index + 1, sizes.count)
      return value
    }
    return intercept(sizes.map { 1 / Double($0) }, distances)
  }

  /// Sizes at equal distances from a tenth of the images to all.
  package static func sizes(of count: Int) -> [Int] {
    let first = count / 10
    return (0..<points).map { first + (count - first) * $0 / (points - 1) }
  }

  /// Where the line of least squares through some points meets x = 0.
  package static func intercept(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let variance = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    return meanY - covariance / variance * meanX
  }
}
