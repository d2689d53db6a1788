/// Where a run begins.
public enum Start: Sendable, Equatable, Codable {
  /// At noise.
  case noise
  /// At the requests' images with noise, as in diffusers' image to image: of the steps the first are left out,
  /// the more the smaller the strength, and the others stay where they are.
  ///
  /// - strength: 0 … 1. With 1 no step is left out, and little of the image remains; nothing of it where the
  ///   requests have masks, as in diffusers' inpainting.
  case image(strength: Double)
  /// At the requests' images with noise, as in ScribbleGen: all steps are taken, and lie the closer the smaller the
  /// ratio is. See ``NoiseSchedulers/Scheduler/plan(steps:eta:encodeRatio:)``.
  ///
  /// - ratio: Above 0, up to 1.
  case encodedImage(ratio: Double)

  /// How many of a run's first steps are left out: diffusers' rule, `steps − int(steps · strength)`.
  func skipped(of steps: Int) -> Int {
    guard case .image(let strength) = self else { return 0 }
    return strength >= 0 ? steps - Int(Double(steps) * min(strength, 1)) : steps
  }
}
