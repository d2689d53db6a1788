import DiffusionModels
import NoiseSchedulers
import Tensors

/// One step of a sampling plan as a function of tensors: the same one for every step of a kind, for all
/// that changes between them comes in as tensors.
struct DenoisingStep<Model: Denoiser>: Sendable {
  let model: Model
  /// Those that take part.
  let controls: [any StepControl]
  /// Magnitude to which the estimate is clamped, if at all.
  let clip: Float?
  /// What somebody wants to see.
  let sights: [UNetProbe.Sight]
  /// Whether it keeps its deep features; a step that is given some reuses them.
  let keepsFeatures: Bool

  /// Takes the step.
  ///
  /// - Returns: The next latents, the model's output and the estimate of the clean latents, each `[N, h, w, C]`; then
  ///   what was seen, and what was kept.
  func callAsFunction(_ inputs: StepInputs) -> [Tensor] {
    let (latents, coefficients) = (inputs.latents, inputs.coefficients)
    let prediction = model(
      .combine([latents], coefficients: coefficients.samples(0..<1)),
      timeFeatures: inputs.timeFeatures,
      controls: Array(zip(controls, inputs.controls)), sights: sights,
      features: inputs.kept.isEmpty
        ? keepsFeatures ? .kept : .computed : .reused(inputs.kept))
    let output = prediction.output
    let estimate = Tensor.combine([latents, output], coefficients: coefficients.samples(1..<3))
    let denoised = clip.map { estimate.clamped(to: $0) } ?? estimate
    let next = Tensor.combine(
      [latents, output, denoised] + inputs.terms,
      coefficients: coefficients.samples(3..<coefficients.shape.count))
    let finished = zip(controls, inputs.controls).reduce(next) { $1.0.finish($0, $1.1) }
    return [finished, output, denoised] + prediction.seen + prediction.kept
  }
}

extension SamplingPlan {
  /// A step's coefficients as ``DenoisingStep`` wants them, as many in every step: that of the
  /// input, those of the estimate, and those of the next sample, first its own three, then of
  /// ``furtherTerms(denoised:outputs:noise:)``.
  func coefficients(of step: SamplingStep) -> [Float] {
    let (denoised, next) = (step.denoised, step.next)
    let missing = outputsKept - next.previousModelOutputs.count
    return [step.inputScale, denoised.sample, denoised.modelOutput]
      + [next.sample, next.modelOutput, next.denoised]
      + (keepsDenoised ? [next.previousDenoised] : [])
      + next.previousModelOutputs + [Float](repeating: 0, count: missing)
      + (needsNoise ? [step.needsNoise ? next.noise : 0] : [])
  }

  /// What this plan makes the next sample of besides the sample, the output and the estimate.
  ///
  /// - Parameters:
  ///   - denoised: The last step's estimate.
  ///   - outputs: The outputs of the last ``outputsKept`` steps, newest first.
  ///   - noise: Fresh noise.
  func furtherTerms(denoised: Tensor, outputs: [Tensor], noise: Tensor) -> [Tensor] {
    (keepsDenoised ? [denoised] : []) + outputs + (needsNoise ? [noise] : [])
  }
}
