import DiffusionPipelines
public import ImageAnnotation

/// Repaints a photograph along its scribbles, once for each encode ratio: from near copies to images that share the
/// scribbles alone.
///
/// Source: Schnell et al., "ScribbleGen: Generative Data Augmentation Improves Scribble-supervised Semantic
/// Segmentation", arXiv 2311.17121.
public struct ScribbleGen: Recipe {
  /// As for a repainting.
  public typealias Material = Repainting.Material

  private let settings: AugmentationSettings
  private let repainting: Repainting

  /// Puts together what repaints.
  ///
  /// - Parameters:
  ///   - plan: Says how, and what the scribbles mean.
  ///   - generator: Paints along the scribbles.
  ///   - annotators: One for each of the settings' priors; nil where scribbles are the prior.
  public init(
    _ plan: AugmentationPlan, generator: any ImageGenerator, annotators: [(any ControlAnnotator)?]
  ) {
    settings = plan.settings
    repainting = Repainting(plan, generator: generator, annotators: annotators)
  }

  /// The generator's.
  public var traits: GeneratorTraits { repainting.traits }
  /// The generator's.
  public var identity: String { repainting.identity }
  /// The sampling's.
  public var steps: Int { repainting.steps }

  /// As some annotator does.
  public var drawsOnDevice: Bool { repainting.drawsOnDevice }

  /// Draws the control images of a photograph, whatever the ratio.
  public func material(from source: SourceFiles?, check: () throws -> Void) throws -> Material {
    try repainting.material(from: source, check: check)
  }

  /// Paints images, those of one ratio together.
  public func make(
    _ requests: [RecipeRequest<Material>], progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput] {
    let starts = settings.starts
    let groups = starts.map { start in
      requests.indices.filter { (requests[$0].picture.start ?? settings.sampling.start) == start }
    }.filter { !$0.isEmpty }
    var outputs = [RecipeOutput?](repeating: nil, count: requests.count)
    for (done, group) in groups.enumerated() {
      let start = requests[group[0]].picture.start
      let made = try repainting.make(
        group.map { requests[$0] }, settings.beginning(at: start).sampling
      ) { step, steps in try progress((done * steps + step) / groups.count, steps) }
      for (place, output) in zip(group, made) { outputs[place] = output }
    }
    return outputs.compactMap(\.self)
  }
}
