extension Scheduler {
  /// Denoising diffusion implicit models.
  ///
  ///     x₋ = √ᾱ₋ · x₀ + √(1 − ᾱ₋ − s²) · ε + s · noise
  ///     s² = η² · (1 − ᾱ₋)/(1 − ᾱ) · (1 − ᾱ/ᾱ₋)
  ///
  /// Source: Song et al., "Denoising Diffusion Implicit Models", equations 12 and 16,
  /// <https://arxiv.org/abs/2010.02502>.
  func ddimPlan(steps: Int, eta: Double, skipping first: Int) throws -> SamplingPlan {
    let timesteps = spacedTimesteps(steps, spacing: configuration.timestepSpacing ?? .leading)
      .map { $0.rounded(.toNearestOrEven) }
    try requireTrained(timesteps)
    let run = timesteps.map(Int.init).dropFirst(first)
    // One stride down, which with `linspace` is not always the next timestep of the run.
    let stride = trainTimesteps / steps
    return SamplingPlan(
      steps: run.map { ddimStep(at: $0, to: ddimAlpha(after: $0 - stride), eta: eta) },
      initialNoiseSigma: 1)
  }

  /// One step.
  ///
  /// - Parameter nextAlpha: ᾱ at its end.
  func ddimStep(at timestep: Int, to nextAlpha: Double, eta: Double) -> SamplingStep {
    let alpha = Double(schedule.alphasCumprod[timestep])
    let (signal, noise) = (alpha.squareRoot(), (1 - alpha).squareRoot())

    let variance = eta * eta * (1 - nextAlpha) / (1 - alpha) * (1 - alpha / nextAlpha)
    let direction = (1 - nextAlpha - variance).squareRoot()
    let epsilon = Estimate.noise(predictionType, signal: signal, noise: noise)
    return SamplingStep(
      timestep: Float(timestep), level: noising(at: timestep),
      denoised: .clean(predictionType, signal: signal, noise: noise),
      clip: configuration.clipSample ?? true ? configuration.clipSampleRange ?? 1 : nil,
      next: Composition(
        sample: direction * epsilon.sample, modelOutput: direction * epsilon.modelOutput,
        denoised: nextAlpha.squareRoot(), noise: variance.squareRoot()),
      needsNoise: eta > 0)
  }

  /// ᾱ of a timestep, or what the run ends at when there is none left.
  private func ddimAlpha(after timestep: Int) -> Double {
    if timestep >= 0 { return Double(schedule.alphasCumprod[timestep]) }
    return configuration.setAlphaToOne ?? true ? 1 : Double(schedule.alphasCumprod[0])
  }
}
