import DiffusionModels
import TensorCore

/// Classifier-free guidance: the UNet sees the negative and the positive prompt in one batch.
///
///     ε = ε₋ + scale · (ε₊ − ε₋)
///
/// Source: Ho and Salimans, "Classifier-Free Diffusion Guidance", arXiv 2207.12598.
struct GuidedModel: Sendable {
  let unet: UNet2DConditionModel
  let conditioning: Conditioning
  let settings: SamplingSettings
  private let context: PromptContext

  init(unet: UNet2DConditionModel, conditioning: Conditioning, settings: SamplingSettings) {
    (self.unet, self.conditioning, self.settings) = (unet, conditioning, settings)
    context = unet.project(encoderHiddenStates: conditioning.context)
  }

  /// How many samples the UNet sees for so many pictures.
  func samples(for pictures: Int) -> Int { settings.usesGuidance ? 2 * pictures : pictures }

  /// Predicts the noise, or the velocity, of latents.
  ///
  /// - Parameters:
  ///   - latents: Scaled for the network, `[N, h, w, C]`.
  ///   - timeFeatures: The timestep as the network embeds it, once for each of ``samples(for:)``.
  ///   - usesAdapter: Whether the adapter takes part in this step.
  func callAsFunction(_ latents: Tensor, timeFeatures: Tensor, usesAdapter: Bool) -> Tensor {
    let samples = latents.shape[0]
    let batch = settings.usesGuidance ? Tensor.stack(samples: [latents, latents]) : latents
    let output = unet(
      batch, timeFeatures: timeFeatures, context: context, addedConditions: conditioning.added,
      adapterFeatures: usesAdapter ? conditioning.adapterFeatures : [])
    guard settings.usesGuidance else { return output }
    return .combine([
      (1 - settings.guidanceScale, output.samples(0..<samples)),
      (settings.guidanceScale, output.samples(samples..<2 * samples)),
    ])
  }
}
