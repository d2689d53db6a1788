public import DiffusionPipelines
import Faults

/// Sets of images, one for each encode ratio.
extension AugmentationSettings {
  /// The run's ways to begin an image, one for each set.
  public var starts: [Start] {
    encodeRatios.map { $0.map { .encodedImage(ratio: $0) } } ?? [sampling.start]
  }

  /// Whether prompts name classes, as far as their style does.
  var namesClasses: Bool { promptStyle != .highQuality || addsClasses == true }

  /// The same settings for images that begin in another way.
  func beginning(at start: Start?) -> AugmentationSettings {
    guard let start else { return self }
    var copy = self
    copy.sampling.start = start
    return copy
  }

  /// Checks the ratios, and that nothing else says how many images are made.
  func validateRatios() throws {
    guard let ratios = encodeRatios else { return }
    try demand(
      !ratios.isEmpty && ratios.allSatisfy { $0 > 0 && $0 <= 1 },
      "encode ratios must be above 0, up to 1, found \(ratios).", .encodeRatio)
    try demand(
      Set(ratios).count == ratios.count,
      "every encode ratio makes a set of its own, and one stands twice among \(ratios).",
      .encodeRatio)
    try demand(
      targetPerClass == nil && images == nil && copies == nil && oversampling == nil,
      "every photograph is repainted once for each encode ratio; neither a target for each class nor a number of images "
        + "or copies goes with that, nor more images than are kept.",
      .targetPerClass, .images, .copies, .oversampling)
    try demand(
      part == nil, "with encode ratios whole photographs are repainted, not a part of them.",
      .repaintedPart)
  }
}
