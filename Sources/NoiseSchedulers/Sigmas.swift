import Foundation

extension NoiseSchedule {
  /// The noise level at a timestep, by linear interpolation between training timesteps.
  func sigma(at timestep: Double) -> Double {
    let low = min(Int(timestep), sigmas.count - 2)
    let (from, to) = (Double(sigmas[low]), Double(sigmas[low + 1]))
    return (to - from) * (timestep - Double(low)) + from
  }

  /// The timestep of a noise level, by linear interpolation in ln σ.
  func timestep(at sigma: Double) -> Double {
    let logSigma = log(max(sigma, 1e-10))
    let index = logSigmas.lastIndex { logSigma >= Double($0) } ?? 0
    let low = min(index, logSigmas.count - 2)
    let (from, to) = (Double(logSigmas[low]), Double(logSigmas[low + 1]))
    let weight = min(max((from - logSigma) / (from - to), 0), 1)
    return (1 - weight) * Double(low) + weight * Double(low + 1)
  }

  /// The level that the last step ends at.
  func finalSigma(_ type: SchedulerConfiguration.FinalSigmas) -> Float {
    type == .zero ? 0 : sigmas[0]
  }
}

extension Scheduler {
  /// Noise levels in falling order, dense near zero.
  ///
  ///     σᵢ = (max^(1/ρ) + i/(N − 1) · (min^(1/ρ) − max^(1/ρ)))^ρ,  ρ = 7
  ///
  /// Source: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models",
  /// equation 5, <https://arxiv.org/abs/2206.00364>.
  func karrasSigmas(count: Int, from highest: Double, to lowest: Double) -> [Double] {
    let rho = 7.0
    let high = pow(configuration.sigmaMax ?? highest, 1 / rho)
    let low = pow(configuration.sigmaMin ?? lowest, 1 / rho)
    return (0..<count).map { index in
      let ramp = Double(index) / Double(max(count - 1, 1))
      return pow(high + ramp * (low - high), rho)
    }
  }
}
