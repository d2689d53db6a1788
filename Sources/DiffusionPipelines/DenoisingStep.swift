import NoiseSchedulers
import TensorCore

/// One step of a sampling plan as a function of tensors: the same one for every step of a kind, for all
/// that changes between them comes in as tensors.
struct DenoisingStep: Sendable {
  /// What tensors cannot tell.
  struct Kind: Sendable, Equatable {
    /// Whether the adapter takes part.
    let usesAdapter: Bool
    /// Magnitude to which the estimate is clamped, if at all.
    let clip: Float?
  }

  let kind: Kind
  let model: GuidedModel

  /// Takes the step.
  ///
  /// - Parameter inputs: Latents, `[N, h, w, C]`; time features for each sample of the UNet's batch; the
  ///   step's factors and the further terms of the next latents, see ``SamplingPlan/factors(of:)``.
  /// - Returns: The next latents, the model's output and the estimate of the clean latents.
  func callAsFunction(_ inputs: [Tensor]) -> [Tensor] {
    let (latents, timeFeatures, factors) = (inputs[0], inputs[1], inputs[2])
    let output = model(
      .combine([latents], factors: factors.samples(0..<1)), timeFeatures: timeFeatures,
      usesAdapter: kind.usesAdapter)
    let estimate = Tensor.combine([latents, output], factors: factors.samples(1..<3))
    let denoised = kind.clip.map { estimate.clamped(to: $0) } ?? estimate
    let next = Tensor.combine(
      [latents, output, denoised] + inputs[3...],
      factors: factors.samples(3..<factors.shape.count))
    return [next, output, denoised]
  }
}

extension SamplingPlan {
  /// A step's coefficients as ``DenoisingStep`` wants them, as many in every step: the factor of the
  /// input, those of the estimate, and those of the next sample, first its own three, then of
  /// ``furtherTerms(denoised:outputs:noise:)``.
  func factors(of step: SamplingStep) -> [Float] {
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
