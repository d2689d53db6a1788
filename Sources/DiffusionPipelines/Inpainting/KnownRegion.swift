import DiffusionModels
import NoiseSchedulers
import Tensors

/// Keeps an image outside the boxes as GLIGEN's inpainting does: its UNet reads the known latents and where they are
/// known, behind its own, and before every step the known latents stand there with fresh noise.
///
/// Source: Li et al., "GLIGEN: Open-Set Grounded Text-to-Image Generation", CVPR 2023, arXiv 2301.07093.
struct KnownRegion: StepControl {
  let steps = StepRange()
  /// Latents of the images, `[N, h, w, C]`.
  private let known: Tensor
  /// 1 where the latents are repainted, and where they are known, each `[N, h, w, 1]`.
  private let repainted, kept: Tensor
  /// `[N, h, w, C + 1]`
  private let channels: Tensor

  /// - Parameters:
  ///   - known: Latents of the images.
  ///   - repainted: 1 where they are repainted.
  init(_ known: Tensor, repainted: Tensor) {
    self.known = known
    self.repainted = repainted
    kept = KnownLatents.kept(beside: repainted)
    channels = .concatenate([known * kept, kept])
  }

  /// Latents with the known ones in their place.
  ///
  /// - Parameters:
  ///   - latents: Where a step begins, `[N, h, w, C]`.
  ///   - level: How much noise they have.
  ///   - noise: Fresh, `[N, h, w, C]`.
  func restored(in latents: Tensor, at level: Noising, _ noise: Tensor) -> Tensor {
    KnownLatents.restored(
      known, in: latents, level: KnownLatents.numbers(level, on: known.device), noise: noise,
      repainted: repainted, kept: kept)
  }

  /// After the last step nothing is put back.
  func inputs(for step: Int, of plan: SamplingPlan, noise: () -> Tensor) -> [Tensor] {
    let level = KnownLatents.numbers(plan.level(after: step), on: known.device)
    if step + 1 < plan.steps.count { return [level, noise(), repainted, kept] }
    return [level, known, Tensor(repeating: 1, repainted.shape, on: known.device), 0 * kept]
  }

  func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
    conditions.channels = channels
  }

  func finish(_ next: Tensor, _ inputs: [Tensor]) -> Tensor {
    KnownLatents.restored(
      known, in: next, level: inputs[0], noise: inputs[1], repainted: inputs[2], kept: inputs[3])
  }
}
