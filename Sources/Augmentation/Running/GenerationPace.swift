import DiffusionPipelines
import ImageFiles

/// How fast a generator paints: seconds an image of a known size.
public struct GenerationPace: Sendable {
  /// The steps that are measured, after a first one that warms up.
  private static let measuredSteps = 2

  /// What the sides of images are multiples of, in pixels.
  let sizeMultiple: Int
  private let secondsPerPixel: Double

  /// Paints a part of a plan's first image, or all of it where some steps take less time than others, and keeps nothing.
  ///
  /// - Parameters:
  ///   - plan: The plan; at least one image is needed.
  ///   - generator: The model to measure.
  ///   - check: Called after each step; what it throws ends the painting.
  /// - Throws: What the generator throws.
  public init(
    of generator: some ImageGenerator, for plan: AugmentationPlan, check: () throws -> Void
  ) throws {
    let picture = plan.pictures[0]
    let size = try plan.generationSize(of: picture, multiple: generator.sizeMultiple)
    let blank = Image(width: size.width, height: size.height, channels: 3, fill: 0)
    var settings = plan.settings.sampling
    settings.steps = settings.stepsAreAlike ? Self.measuredSteps + 1 : settings.stepsTaken
    (settings.start, settings.blended) = (.noise, nil)
    let isPart = plan.settings.part != nil || plan.settings.instances != nil
    let part =
      isPart ? Image(width: size.width, height: size.height, channels: 1, fill: 255) : nil
    let request = ImageRequest(
      prompt: picture.prompt, negativePrompt: plan.settings.negativePrompt, width: size.width,
      height: size.height, seed: picture.seed, image: part, mask: part,
      controlImages: plan.settings.priors.map { _ in blank })
    var ends: [ContinuousClock.Instant] = []
    _ = try generator.paint([request], settings) { _, _ in
      ends.append(.now)
      try check()
    }
    self.init(
      step: (ends[ends.count - 1] - ends[0]) / .seconds(max(1, settings.steps - 1)),
      decoding: (.now - ends[ends.count - 1]) / .seconds(1),
      steps: plan.settings.sampling.stepsTaken, size: size, sizeMultiple: generator.sizeMultiple)
  }

  /// The pace of which a step and the rest of an image of one size take so many seconds.
  package init(step: Double, decoding: Double, steps: Int, size: GenerationSize, sizeMultiple: Int)
  {
    self.sizeMultiple = sizeMultiple
    secondsPerPixel = (step * Double(steps) + decoding) / Double(size.width * size.height)
  }

  /// The seconds for an image: a step's work grows with the pixels, nearly.
  func seconds(for size: GenerationSize) -> Double {
    secondsPerPixel * Double(size.width * size.height)
  }
}
