import DiffusionPipelines
import ImageFiles

/// How fast a painter paints: seconds a picture of a known size.
public struct PaintingPace: Sendable {
  /// The steps that are measured, after a first one that warms up.
  private static let measuredSteps = 2

  /// What the sides of pictures are multiples of, in pixels.
  let sizeMultiple: Int
  private let secondsPerPixel: Double

  /// Paints a part of a plan's first picture, which is not kept.
  ///
  /// - Parameters:
  ///   - plan: The plan; at least one picture is needed.
  ///   - painter: The model to measure.
  ///   - check: Called after each step; what it throws ends the painting.
  /// - Throws: What the painter throws.
  public init(
    of painter: some Painter, for plan: AugmentationPlan, check: () throws -> Void
  ) throws {
    let picture = plan.pictures[0]
    let size = try plan.paintingSize(of: picture, multiple: painter.sizeMultiple)
    let blank = Image(width: size.width, height: size.height, channels: 3, fill: 0)
    var settings = plan.settings.sampling
    settings.steps = Self.measuredSteps + 1
    var steps: [ContinuousClock.Instant] = []
    _ = try painter.paint(
      [
        PictureRequest(
          prompt: picture.prompt, negativePrompt: plan.settings.negativePrompt, width: size.width,
          height: size.height, seed: picture.seed,
          controlImages: plan.settings.priors.map { _ in blank })
      ], settings
    ) { _, _ in
      steps.append(.now)
      try check()
    }
    self.init(
      step: (steps[steps.count - 1] - steps[0]) / .seconds(Self.measuredSteps),
      decoding: (.now - steps[steps.count - 1]) / .seconds(1),
      steps: plan.settings.sampling.steps, size: size, sizeMultiple: painter.sizeMultiple)
  }

  /// The pace of which a step and the rest of a picture of one size take so many seconds.
  package init(step: Double, decoding: Double, steps: Int, size: PaintingSize, sizeMultiple: Int) {
    self.sizeMultiple = sizeMultiple
    secondsPerPixel = (step * Double(steps) + decoding) / Double(size.width * size.height)
  }

  /// The seconds for a picture: a step's work grows with the pixels, nearly.
  func seconds(for size: PaintingSize) -> Double {
    secondsPerPixel * Double(size.width * size.height)
  }
}
