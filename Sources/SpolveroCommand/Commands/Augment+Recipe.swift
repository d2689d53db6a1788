import ArgumentParser
import Augmentation
import DiffusionPipelines
import ImageAnnotation
import NoiseSchedulers

/// What the recipes differ in.
extension Augment {
  /// Makes sure that the options are those of the recipe, and takes its defaults.
  mutating func validateRecipe() throws {
    if recipe != .instances {
      try instances.requireNone()
      try repaint.requirePart()
    }
    switch recipe {
    case .repainting: try validateRepainting()
    case .scribblegen: try validateScribbleGen()
    case .instances: try validateInstances()
    }
  }

  private func validateRepainting() throws {
    try repaint.starting.encodeRatio?.requireOne()
    if pictures.addClasses && pictures.promptStyle != .highQuality {
      throw ValidationError(
        "--add-classes belongs to --prompt-style high-quality; the others name classes in their own way."
      )
    }
  }

  private mutating func validateScribbleGen() throws {
    if repaint.contradictsScribbleGen {
      throw ValidationError(
        "--recipe scribblegen begins at whole photographs, with as much noise as --encode-ratio says: leave out --start "
          + "noise, --strength, --repaint and --blended.")
    }
    if pictures.promptStyle == nil && (pictures.captions != nil || pictures.captioner != nil) {
      throw ValidationError(
        "--recipe scribblegen has one prompt for all images, and reads no captions: leave them out, or give --prompt-style "
          + "appended.")
    }
    if pictures.addClasses && pictures.promptStyle.map({ $0 != .highQuality }) ?? false {
      throw ValidationError("--add-classes belongs to --prompt-style high-quality.")
    }
    if prior.kinds.isEmpty { prior.kinds = [.scribbleColours] }
  }

  /// Makes sure that images would follow scribbles.
  func requireNetworkForScribbles() throws {
    if recipe == .scribblegen && controls.folders.isEmpty {
      throw ValidationError(
        "--recipe scribblegen needs a network that has learnt scribbles: --control DIR.")
    }
  }

  /// Whether images depend on the photographs beside their control images.
  var usesPhotographs: Bool { recipe != .repainting || repaint.usesPhotographs }

  /// The sampling method; nil for the model's own.
  var scheduler: SchedulerKind? { sampling.scheduler ?? (recipe == .scribblegen ? .ddim : nil) }

  /// Changes what the recipe has in its own way.
  func applyRecipe(to settings: inout AugmentationSettings) {
    if recipe == .instances { applyInstances(to: &settings) }
    guard recipe == .scribblegen else { return }
    let ratios = repaint.starting.encodeRatio?.values ?? [1]
    settings.encodeRatios = ratios
    settings.promptStyle = pictures.promptStyle ?? .highQuality
    let start = Start.encodedImage(ratio: ratios[0])
    settings.sampling = sampling.settings(controls.settings, steps: 50, guidanceScale: 2)
    settings.sampling.start = start
  }

  /// The recipe, put together.
  func made(
    of plan: AugmentationPlan, by generator: StableDiffusionPipeline,
    _ annotators: [(any ControlAnnotator)?]
  ) throws -> any Recipe {
    switch recipe {
    case .repainting: Repainting(plan, generator: generator, annotators: annotators)
    case .scribblegen: ScribbleGen(plan, generator: generator, annotators: annotators)
    case .instances:
      try InstanceRepainting(plan, painting: generator, batchSize: batchSize)
    }
  }
}
