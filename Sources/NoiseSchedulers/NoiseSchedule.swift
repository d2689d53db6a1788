import Faults
import Foundation

/// How much of a training sample is left at each timestep: ᾱₜ = ∏ (1 − βₛ) for s ≤ t.
///
/// All in `Float`, rounded as PyTorch rounds: near t = 0 the noise 1 − ᾱ is a small difference of
/// large numbers, so a last bit of β is a visible part of it.
struct NoiseSchedule: Sendable {
  /// ᾱ of each training timestep.
  let alphasCumprod: [Float]
  /// Noise levels σ = √((1 − ᾱ)/ᾱ) of each training timestep.
  ///
  /// Where rescaling left no signal at all, a little (2⁻²⁴) stands in for none.
  let sigmas: [Float]
  /// ln σ of each training timestep.
  let logSigmas: [Float]

  /// - Parameter rescaled: Whether the last timestep shall hold nothing but noise.
  init(_ configuration: SchedulerConfiguration, timesteps: Int, rescaled: Bool) throws {
    guard timesteps > 1 else {
      throw SchedulerError(
        .badData,
        "The scheduler configuration has \(timesteps) training timesteps ('num_train_timesteps');"
          + " expected are 2 or more.")
    }
    var betas = try Self.betas(configuration, count: timesteps)
    if rescaled { betas = Self.rescaledToZeroSNR(betas) }
    alphasCumprod = Self.cumulativeProduct(betas.map { 1 - $0 })

    var visible = alphasCumprod
    if rescaled { visible[timesteps - 1] = 0x1p-24 }
    sigmas = visible.map { ((1 - $0) / $0).squareRoot() }
    logSigmas = sigmas.map { logf($0) }
  }

  // MARK: Variances

  private static func betas(_ configuration: SchedulerConfiguration, count: Int) throws -> [Float] {
    if let trained = configuration.trainedBetas {
      guard trained.count == count else {
        throw SchedulerError(
          .badData,
          "The scheduler configuration has \(trained.count) 'trained_betas' for \(count) training"
            + " timesteps; expected is one each.")
      }
      return trained
    }
    let start = configuration.betaStart ?? 0.0001
    let end = configuration.betaEnd ?? 0.02
    switch configuration.betaSchedule ?? .linear {
    case .linear: return evenly(from: start, to: end, count: count)
    case .scaledLinear:
      return evenly(from: start.squareRoot(), to: end.squareRoot(), count: count).map { $0 * $0 }
    case .squaredCosine: return squaredCosine(count: count)
    }
  }

  /// Even steps, counted from the nearer end as `torch.linspace` does.
  private static func evenly(from start: Double, to end: Double, count: Int) -> [Float] {
    let (start, end) = (Float(start), Float(end))
    let step = (end - start) / Float(count - 1)
    return (0..<count).map { index in
      index < count / 2
        ? start.addingProduct(step, Float(index))
        : end.addingProduct(-step, Float(count - 1 - index))
    }
  }

  /// βₜ such that ᾱ follows cos²((t/T + 0.008)/1.008 · π/2), at most 0.999.
  ///
  /// Source: Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models",
  /// <https://arxiv.org/abs/2102.09672>.
  private static func squaredCosine(count: Int) -> [Float] {
    func alphaBar(_ index: Int) -> Double {
      let cosine = cos((Double(index) / Double(count) + 0.008) / 1.008 * .pi / 2)
      return cosine * cosine
    }
    return (0..<count).map { Float(min(1 - alphaBar($0 + 1) / alphaBar($0), 0.999)) }
  }

  /// Shifts and stretches √ᾱ so that it ends at zero and starts where it did.
  ///
  /// Source: Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed",
  /// algorithm 1, <https://arxiv.org/abs/2305.08891>.
  private static func rescaledToZeroSNR(_ betas: [Float]) -> [Float] {
    let roots = cumulativeProduct(betas.map { 1 - $0 }).map { $0.squareRoot() }
    let (first, last) = (roots[0], roots[roots.count - 1])
    let bars = roots.map { ($0 - last) * (first / (first - last)) }.map { $0 * $0 }
    return bars.indices.map { 1 - ($0 == 0 ? bars[0] : bars[$0] / bars[$0 - 1]) }
  }

  /// Accumulates in `Double`, as PyTorch does on the CPU.
  private static func cumulativeProduct(_ factors: [Float]) -> [Float] {
    var product = 1.0
    return factors.map { factor in
      product *= Double(factor)
      return Float(product)
    }
  }
}
