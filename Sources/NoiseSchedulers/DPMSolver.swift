import Foundation

extension Scheduler {
  /// DPM-Solver++ with the midpoint rule, two estimates a step.
  ///
  /// With signal α, noise s (α² + s² = 1), λ = ln(α/s), h = λ₊ − λ and r = (λ − λ₋)/h:
  ///
  ///     x₊ = s₊/s · x + α₊ · (1 − e⁻ʰ) · (x₀ + (x₀ − x₀₋)/2r)
  ///
  /// Source: Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic
  /// Models", algorithm 2, <https://arxiv.org/abs/2211.01095>.
  func dpmSolverPlan(steps: Int, skipping first: Int) throws -> SamplingPlan {
    let (timesteps, sigmas) = try dpmSolverLevels(steps)
    let levels = sigmas.map { DPMSolverLevel(sigma: Double($0)) }
    let run = timesteps.indices.dropFirst(first).map { index in
      let previous =
        index > first && !isFirstOrder(index, of: timesteps.count) ? levels[index - 1] : nil
      let (here, next) = (levels[index], levels[index + 1])
      return SamplingStep(
        timestep: Float(timesteps[index]),
        level: Noising(signal: here.signal, noise: here.noise),
        denoised: .clean(predictionType, signal: here.signal, noise: here.noise),
        next: here.step(to: next, after: previous))
    }
    return SamplingPlan(
      steps: run, initialNoiseSigma: 1)
  }

  /// The first step has nothing to extrapolate from; the last is more stable without.
  private func isFirstOrder(_ index: Int, of steps: Int) -> Bool {
    if configuration.solverOrder == 1 { return true }
    let isLast = index == steps - 1
    return isLast
      && (configuration.eulerAtFinal ?? false
        || (configuration.lowerOrderFinal ?? true && steps < 15)
        || configuration.finalSigmasType ?? .zero == .zero)
  }

  /// - Returns: Timesteps, and noise levels with that which the last step ends at.
  private func dpmSolverLevels(_ steps: Int) throws -> (timesteps: [Double], sigmas: [Float]) {
    let end = schedule.finalSigma(configuration.finalSigmasType ?? .zero)
    guard kind == .dpmpp2MKarras || configuration.useKarrasSigmas ?? false else {
      let timesteps = dpmSolverTimesteps(steps)
      try requireTrained(timesteps)
      return (timesteps, timesteps.map { schedule.sigmas[Int($0)] } + [end])
    }
    let sigmas = karrasSigmas(
      count: steps, from: Double(schedule.sigmas[trainTimesteps - 1]),
      to: Double(schedule.sigmas[0]))
    let rounding: FloatingPointRoundingRule =
      configuration.betaSchedule == .squaredCosine ? .towardZero : .toNearestOrEven
    let timesteps = sigmas.map { schedule.timestep(at: $0).rounded(rounding) }
    return (timesteps, sigmas.map { Float($0) } + [end])
  }

  /// One timestep more than asked for is laid out, and the lowest dropped, except with `trailing`.
  private func dpmSolverTimesteps(_ steps: Int) -> [Double] {
    let end = trainTimesteps - timestepsBelowLambdaMin
    return switch configuration.timestepSpacing ?? .linspace {
    case .linspace:
      evenTimesteps(count: steps + 1, last: end - 1).dropLast()
        .map { $0.rounded(.toNearestOrEven) }
    case .leading:
      Array(leadingTimesteps(count: steps + 1, stride: end / (steps + 1)).dropLast())
    case .trailing:
      trailingTimesteps(count: steps, from: end)
    }
  }

  /// How many of the noisiest timesteps the configuration cuts off.
  private var timestepsBelowLambdaMin: Int {
    guard let lambdaMin = configuration.lambdaMinClipped else { return 0 }
    return schedule.sigmas.count { -log(Double($0)) < lambdaMin }
  }
}

/// A noise level in the terms of DPM-Solver.
private struct DPMSolverLevel {
  /// Share of the clean sample and of the noise; their squares sum to 1.
  let signal, noise: Double
  /// Half the logarithm of the signal-to-noise ratio.
  let lambda: Double

  init(sigma: Double) {
    signal = 1 / (sigma * sigma + 1).squareRoot()
    noise = sigma * signal
    lambda = -log(sigma)
  }

  /// - Parameter previous: The level before this one, for a step of second order.
  func step(to next: DPMSolverLevel, after previous: DPMSolverLevel?) -> Composition {
    let h = next.lambda - lambda
    let gain = -expm1(-h) * next.signal
    guard let previous else {
      return Composition(sample: next.noise / noise, denoised: gain)
    }
    let extrapolation = h / (2 * (lambda - previous.lambda))
    return Composition(
      sample: next.noise / noise, denoised: gain * (1 + extrapolation),
      previousDenoised: -gain * extrapolation)
  }
}
