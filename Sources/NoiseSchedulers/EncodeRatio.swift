import Faults
import Foundation

extension Scheduler {
  /// Lays out a run of DDIM from an image that has noise up to a share of the training timesteps only.
  ///
  ///     timesteps = ⌊1000 λ · i / steps⌋ + 1,  i = steps − 1 … 0
  ///     x = √ᾱ · (a clean sample) + √(1 − ᾱ) · noise,  ᾱ of timestep ⌊999 λ⌋
  ///
  /// All steps are taken, and lie the closer the smaller the ratio is, where a strength leaves out the first of them.
  /// The last step ends at ᾱ of timestep 0.
  ///
  /// Source: Schnell et al., "ScribbleGen: Generative Data Augmentation Improves Scribble-supervised Semantic
  /// Segmentation", arXiv 2311.17121, and its code.
  ///
  /// - Parameters:
  ///   - steps: Number of steps, as many as there are timesteps below the ratio at most.
  ///   - eta: The share of fresh noise, 0 … 1.
  ///   - ratio: λ, above 0, up to 1.
  /// - Throws: ``SchedulerError`` for a ratio that leaves too few timesteps, and where this is not DDIM.
  public func plan(steps: Int, eta: Double = 0, encodeRatio ratio: Double) throws -> SamplingPlan {
    guard kind == .ddim else {
      throw SchedulerError(
        .request,
        "an encode ratio is defined for DDIM's steps; the scheduler is \(kind.className). Choose DDIM, or give a "
          + "strength instead of the ratio.",
        remedies: [Remedy(.scheduler, [SchedulerKind.ddim.rawValue])])
    }
    let end = Double(trainTimesteps) * ratio
    guard ratio > 0, ratio <= 1, steps >= 1, end >= Double(steps) else {
      throw SchedulerError(
        .request,
        "an encode ratio of \(ratio) leaves \(max(0, Int(end.isFinite ? end : 0))) timesteps for \(steps) steps; "
          + "expected a ratio above 0, up to 1, with at least one timestep for each step",
        remedies: [Remedy(.encodeRatio), Remedy(.steps)])
    }
    let timesteps = (0..<steps).map { Int(Double($0) * (end / Double(steps))) + 1 }
    let run = timesteps.indices.reversed().map { index in
      ddimStep(
        at: timesteps[index],
        to: Double(schedule.alphasCumprod[index == 0 ? 0 : timesteps[index - 1]]),
        eta: eta)
    }
    return SamplingPlan(
      steps: run, initialNoiseSigma: 1,
      imageStart: noising(at: Int(Double(trainTimesteps - 1) * ratio)))
  }
}
