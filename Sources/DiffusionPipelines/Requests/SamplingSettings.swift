/// How images are painted: what a whole batch has in common.
public struct SamplingSettings: Sendable, Equatable, Codable {
  /// Number of denoising steps.
  public var steps: Int
  /// How far to go from the negative prompt towards the prompt; 1 and less leave the former out.
  public var guidanceScale: Float
  /// The steps that are guided; in the others the prompt is asked for alone, which takes half the time. nil for all.
  ///
  /// Source: Kynkäänniemi et al., "Applying Guidance in a Limited Interval Improves Sample and Distribution Quality in
  /// Diffusion Models", NeurIPS 2024, arXiv 2404.07724.
  public var guidanceInterval: StepRange?
  /// n where the UNet computes its deep features in every n-th step, and takes those of the last such step in the others; nil
  /// for all steps, as 1. Counting begins anew where guidance begins or ends, and where a control does; ControlNets are
  /// asked in the steps alone that compute.
  ///
  /// Source: Ma et al., "DeepCache: Accelerating Diffusion Models for Free", CVPR 2024, arXiv 2312.00858.
  public var deepFeatureInterval: Int?
  /// Where the run begins.
  public var start: Start
  /// How what lies outside the requests' masks is kept; nil for diffusers' way.
  public var blended: BlendedLatentDiffusion?
  /// How each of the pipeline's control networks takes part, in their order; empty for the defaults.
  public var controls: [ControlSettings]
  /// How image prompts take part, by default with all their weight in every step.
  public var imagePrompt: ControlSettings?
  /// When objects are put into their boxes, nil for ``defaultBoxSteps``.
  public var boxSteps: StepRange?
  /// DDIM's share of fresh noise, 0 ... 1.
  public var eta: Float
  /// Whether large images go through the autoencoder in tiles.
  public var tilesAutoencoder: Bool

  /// Collects the settings.
  public init(
    steps: Int = 30, guidanceScale: Float = 7.5, guidanceInterval: StepRange? = nil,
    deepFeatureInterval: Int? = nil, start: Start = .noise,
    blended: BlendedLatentDiffusion? = nil, controls: [ControlSettings] = [],
    imagePrompt: ControlSettings? = nil, boxSteps: StepRange? = nil, eta: Float = 0,
    tilesAutoencoder: Bool = false
  ) {
    self.steps = steps
    self.guidanceScale = guidanceScale
    self.guidanceInterval = guidanceInterval
    self.deepFeatureInterval = deepFeatureInterval
    self.start = start
    self.blended = blended
    self.controls = controls
    self.imagePrompt = imagePrompt
    self.boxSteps = boxSteps
    self.eta = eta
    self.tilesAutoencoder = tilesAutoencoder
  }

  /// The first steps in which objects are put into their boxes where nothing else is said: diffusers' share.
  public static let defaultBoxSteps = StepRange(end: 0.3)

  /// How many of the steps are taken: all but those that a start from images leaves out.
  public var stepsTaken: Int { steps - skipped }

  /// How many of the first steps are left out.
  var skipped: Int { blended?.skipped(of: steps) ?? start.skipped(of: steps) }

  /// Whether all steps take the same work.
  public var stepsAreAlike: Bool {
    guidanceInterval ?? StepRange() == StepRange() && deepFeatureInterval ?? 1 == 1
  }

  /// Whether the negative prompt is run beside the prompt.
  var usesGuidance: Bool { guidanceScale > 1 }
}
