/// Where a run begins.
public enum Start: Sendable, Equatable, Codable {
  /// At noise.
  case noise
  /// At the requests' images with noise, as in diffusers' image to image: of the steps the first are left out,
  /// the more the smaller the strength, and the others stay where they are.
  ///
  /// - strength: 0 … 1. With 1 no step is left out, and little of the image remains.
  case image(strength: Double)

  /// How many of a run's first steps are left out: diffusers' rule, `steps − int(steps · strength)`.
  func skipped(of steps: Int) -> Int {
    guard case .image(let strength) = self else { return 0 }
    return strength >= 0 ? steps - Int(Double(steps) * min(strength, 1)) : steps
  }
}
