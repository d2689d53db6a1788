import NoiseSchedulers
import Tensors

/// Puts what lies outside a mask back in after every step, with as much noise as the latents have: so a model inpaints
/// that was not made for it.
struct LatentBlending: StepControl {
  let steps = StepRange()
  /// Latents of the images, without noise, `[N, h, w, C]`.
  let known: Tensor
  /// What the masks are in turn.
  let masks: Masks
  /// Where the noise comes from, and how much of it there is.
  let renoising: Renoising

  /// Masks for the steps of a run.
  struct Masks: Sendable {
    /// 1 where the latents are repainted, each `[N, h, w, 1]`.
    let repainted: [Tensor]
    /// 1 where they are kept.
    let kept: [Tensor]

    /// - Parameter repainted: The masks in the order in which they hold.
    init(_ repainted: [Tensor]) {
      self.repainted = repainted
      kept = repainted.map(KnownLatents.kept)
    }
  }

  /// The two ways of bringing noise to the known latents.
  enum Renoising: Sendable {
    /// The run's own noise, `[N, h, w, C]`, at the level where the next step begins: diffusers'.
    case own(Tensor)
    /// Fresh noise at the level of the step just taken: Blended Latent Diffusion's.
    case fresh(BlendedLatentDiffusion)
  }

  func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor] {
    let (level, drawn, mask) =
      switch renoising {
      case .own(let own): (plan.level(after: step), own, 0)
      case .fresh(let blended):
        (plan.steps[step].level, noise(), blended.mask(in: step, of: plan.steps.count))
      }
    return [
      KnownLatents.numbers(level, on: known.device), drawn, masks.repainted[mask],
      masks.kept[mask],
    ]
  }

  func finish(_ next: Tensor, _ inputs: [Tensor]) -> Tensor {
    KnownLatents.restored(
      known, in: next, level: inputs[0], noise: inputs[1], repainted: inputs[2], kept: inputs[3])
  }
}
