public import DiffusionPipelines
public import ImageFiles

extension StableDiffusionPipeline: ImageGenerator {
  /// What the pipeline's own parts say.
  public var traits: GeneratorTraits {
    GeneratorTraits(device: deviceKind, precision: precisionName, scheduler: schedulerName)
  }

  /// Paints a batch of images of one size.
  public func paint(
    _ requests: [ImageRequest], _ settings: SamplingSettings,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [Image] {
    try self(requests, settings) {
      switch $0.stage {
      // Reported before the first step as well, when nothing is done yet.
      case .step(let step, let steps): if step > 0 { try progress(step, steps) }
      case .decoding: try progress(settings.stepsTaken, settings.stepsTaken)
      }
    }.images
  }
}
