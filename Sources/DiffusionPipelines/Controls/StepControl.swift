public import DiffusionModels
public import NoiseSchedulers
public import Tensors

/// Something that joins the denoising steps of one batch: all that a sampler knows of networks that
/// steer, of inpainting or of blended latents.
///
/// A step is recorded with its controls. A control therefore does the same in every step that it takes part in,
/// and reads no tensor; what changes from step to step comes in through ``inputs(for:of:noise:)``.
public protocol StepControl: Sendable {
  /// The steps in which it takes part.
  var steps: StepRange { get }

  /// Whether it takes part in a step; where this is not told otherwise, in those of its range.
  ///
  /// - Parameters:
  ///   - step: Counted from 0.
  ///   - plan: The run.
  func takesPart(in step: Int, of plan: SamplingPlan) -> Bool

  /// The numbers of a step, always of the same shapes, for the two functions below.
  ///
  /// - Parameters:
  ///   - step: Counted from 0.
  ///   - plan: The run.
  ///   - noise: Draws noise of variance 1 for the latents of all images, `[N, h, w, C]`, from their seeds.
  func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor]

  /// Adds to what the UNet is told.
  func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep)

  /// The control as it joins steps without guidance, in which the UNet sees the prompts' samples alone; where this is not
  /// told otherwise, itself.
  ///
  /// - Parameter images: Images of the batch, which are the last ones of the samples.
  func unguided(images: Int) -> any StepControl

  /// Has the last word about the next latents.
  ///
  /// - Parameters:
  ///   - next: As the sampler composed them, or as the control before this one left them, `[N, h, w, C]`.
  ///   - inputs: Of this step.
  func finish(_ next: Tensor, _ inputs: [Tensor]) -> Tensor
}

/// What a control sees of a step before the UNet does.
public struct ControlledStep: Sendable {
  /// Latents as the UNet will see them, `[B · N, h, w, C]`: those of all images once for each branch of guidance, or just
  /// once in a step without.
  public let sample: Tensor
  /// The timestep as the UNet embeds it, once for each sample, `[B · N, …]`.
  public let timeFeatures: Tensor
  /// Images of the batch, `N`.
  public let images: Int
  /// The control's own numbers, from ``StepControl/inputs(for:of:noise:)``.
  public let inputs: [Tensor]
  /// Whether the UNet takes its deep features from an earlier step, with what was added to its feature maps then: what is
  /// added now does not count.
  public let reusesDeepFeatures: Bool
}

extension StepControl {
  /// In the steps of its range.
  public func takesPart(in step: Int, of plan: SamplingPlan) -> Bool {
    steps.contains(step, of: plan.steps.count)
  }

  /// None.
  public func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor] { [] }

  /// Nothing.
  public func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {}

  /// Itself.
  public func unguided(images: Int) -> any StepControl { self }

  /// The latents as they are.
  public func finish(_ next: Tensor, _ inputs: [Tensor]) -> Tensor { next }
}
