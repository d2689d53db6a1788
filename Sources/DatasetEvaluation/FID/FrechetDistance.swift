/// How far features of images are from those of a reference set: the squared Fréchet distance of the normal distributions
/// with their means and covariances.
///
///     |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2·(Σ₁Σ₂)^½)
///
/// With `Σ₂ = L·Lᵀ`, the eigenvalues of Σ₁Σ₂ are those of `Lᵀ·Σ₁·L`, the covariance of the features that L projects, which
/// is symmetric; the trace of the root is the sum of their roots. So no root of a matrix is taken, and nothing has to be added
/// where a covariance is singular, as that of fewer images than features is.
///
/// Source: Heusel et al., "GANs Trained by a Two Time-Scale Update Rule …", arXiv 1706.08500.
public struct FrechetDistance: Sendable {
  private let means: [Double]
  private let trace: Double
  /// Lᵀ.
  private let factor: Matrix

  /// Takes the features of the reference set.
  ///
  /// - Parameter features: A row an image, at least two.
  /// - Complexity: columns³ operations where there are more images than features.
  public init(to features: Matrix) {
    precondition(features.rows > 1, "FrechetDistance: \(features.rows) images have no covariance")
    means = features.means
    let deviations = features.deviations
    trace = deviations.numbers.reduce(0) { $0 + $1 * $1 }
    // Few images are a factor of their covariance themselves.
    factor =
      features.rows <= features.columns
      ? deviations : deviations.transposed.gram.semidefiniteFactor().transposed
  }

  /// The distance of other images' features.
  ///
  /// - Parameter features: A row an image, at least two, with as many columns as the reference's.
  /// - Returns: At least 0.
  public func callAsFunction(_ features: Matrix) -> Double {
    distance(features, projected: project(features))
  }

  /// The features times L, whose covariance is `Lᵀ·Σ₁·L`: that of any part of the images, too.
  func project(_ features: Matrix) -> Matrix {
    precondition(
      features.columns == means.count,
      "FrechetDistance: \(features.columns) features, the reference has \(means.count)")
    return features.timesTransposed(factor)
  }

  /// The distance of features that are projected already.
  func distance(_ features: Matrix, projected: Matrix) -> Double {
    precondition(features.rows > 1, "FrechetDistance: \(features.rows) images have no covariance")
    let apart = zip(features.means, means).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    let own = features.deviations.numbers.reduce(0) { $0 + $1 * $1 }
    let deviations = projected.deviations
    // Both products have the same eigenvalues but for zeros.
    let product =
      deviations.rows < deviations.columns ? deviations.gram : deviations.transposed.gram
    let roots = product.symmetricEigenvalues().reduce(0) { $0 + max($1, 0).squareRoot() }
    // Of equal sets the sum is nothing but its roundings.
    return max(apart + own + trace - 2 * roots, 0)
  }
}
