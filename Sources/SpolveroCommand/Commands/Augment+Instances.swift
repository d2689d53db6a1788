import ArgumentParser
import Augmentation
import DiffusionPipelines

/// The recipe that paints instances.
extension Augment {
  /// Refuses options of other recipes.
  func validateInstances() throws {
    let foreign = [
      ("--control", !controls.folders.isEmpty), ("--prior", !prior.kinds.isEmpty),
      ("--repaint", repaint.part != .all), ("--no-keep-outside", !repaint.keepOutside),
      ("--captions", pictures.captions != nil), ("--captioner", pictures.captioner != nil),
      ("--prompt-style", pictures.promptStyle != nil), ("--add-classes", pictures.addClasses),
      ("--square", pictures.square), ("--keep-painted-size", pictures.keepPaintedSize),
    ]
    if let (option, _) = foreign.first(where: \.1) {
      throw ValidationError(
        "--recipe instances paints instances by their classes and masks, and nothing else: leave out \(option)."
      )
    }
    if let generator = instances.generator, generator != .blended, repaint.starting.isBlended {
      throw ValidationError(
        "--blended is the generator 'blended', and --generator says '\(generator.rawValue)': give one of them."
      )
    }
    try repaint.starting.encodeRatio?.requireOne()
  }

  /// Changes what the recipe has in its own way.
  func applyInstances(to settings: inout AugmentationSettings) {
    settings.instances = instances.settings(repaint)
    settings.sampling.boxSteps = instances.boxSteps
  }
}

extension InstanceRepainting {
  /// Paints with a pipeline in a way that it knows.
  ///
  /// - Throws: ``AugmentationError`` for one that does not know the plan's, `PipelineError` for one that cannot begin as it
  ///   says.
  init(
    _ plan: AugmentationPlan, painting pipeline: StableDiffusionPipeline, batchSize: Int
  ) throws {
    try self.init(
      plan, generator: pipeline, ways: pipeline.instanceGenerators, batchSize: batchSize)
    try pipeline.check(sampling)
  }
}
