import DiffusionModels
import Tensors

/// Shows a model of inpainting, in every step, what it must not change: its UNet has channels for the mask and for
/// the image without what the mask hides, behind those of the latents.
///
/// Source: Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models", section 4.5, arXiv 2112.10752.
struct MaskedImageChannels: StepControl {
  let steps = StepRange()
  /// `[N, h, w, 1 + C]`
  private let channels: Tensor

  /// - Parameters:
  ///   - mask: 1 where the latents are repainted, `[N, h, w, 1]`.
  ///   - image: Latents of the image without what the mask hides, `[N, h, w, C]`.
  init(mask: Tensor, image: Tensor) { channels = .concatenate([mask, image]) }

  func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
    conditions.channels = channels
  }
}
