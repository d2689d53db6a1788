extension Scheduler {
  /// Euler's method on the probability flow dx/dσ = (x − x₀)/σ, where x = x₀ + σ · ε.
  ///
  ///     x₊ = x + (σ₊ − σ) · (x − x₀)/σ
  ///
  /// Source: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models",
  /// algorithm 1 without its correction, <https://arxiv.org/abs/2206.00364>.
  func eulerPlan(steps: Int, skipping first: Int) throws -> SamplingPlan {
    var timesteps = try eulerTimesteps(steps)
    var sigmas = timesteps.map { schedule.sigma(at: $0) }
    if configuration.useKarrasSigmas ?? false {
      sigmas = karrasSigmas(count: steps, from: sigmas[0], to: sigmas[steps - 1])
      timesteps = sigmas.map { schedule.timestep(at: $0) }
    }
    let end = schedule.finalSigma(configuration.finalSigmasType ?? .zero)
    return eulerPlan(
      timesteps: timesteps, sigmas: sigmas.map { Float($0) } + [end], skipping: first
    ) { _, to in
      (down: to, up: 0)
    }
  }

  /// Euler's method that goes too far down and adds fresh noise to come back up.
  ///
  ///     up² = σ₊² · (σ² − σ₊²)/σ²,  down² = σ₊² − up²
  ///
  /// Source: Crowson, k-diffusion (`sample_euler_ancestral`),
  /// <https://github.com/crowsonkb/k-diffusion>.
  func eulerAncestralPlan(steps: Int, skipping first: Int) throws -> SamplingPlan {
    let timesteps = try eulerTimesteps(steps)
    let sigmas = timesteps.map { Float(schedule.sigma(at: $0)) } + [0]
    return eulerPlan(
      timesteps: timesteps, sigmas: sigmas, skipping: first, needsNoise: true
    ) { from, to in
      let up = to * (from * from - to * to).squareRoot() / from
      return (down: (to * to - up * up).squareRoot(), up: up)
    }
  }

  /// Rounded to `Float` before levels are looked up, as diffusers does.
  private func eulerTimesteps(_ steps: Int) throws -> [Double] {
    let timesteps = spacedTimesteps(steps, spacing: configuration.timestepSpacing ?? .linspace)
    try requireTrained(timesteps)
    return timesteps.map { Double(Float($0)) }
  }

  /// - Parameter levels: From one level and the next, the level to step down to and the noise to add.
  private func eulerPlan(
    timesteps: [Double], sigmas: [Float], skipping first: Int, needsNoise: Bool = false,
    levels: (_ from: Double, _ to: Double) -> (down: Double, up: Double)
  ) -> SamplingPlan {
    let steps = timesteps.indices.dropFirst(first).map { index in
      let (sigma, next) = (Double(sigmas[index]), Double(sigmas[index + 1]))
      let (down, up) = levels(sigma, next)
      // The model sees the sample divided by √(σ² + 1), which is signal · x₀ + noise · ε.
      let signal = 1 / (sigma * sigma + 1).squareRoot()
      let clean = Estimate.clean(predictionType, signal: signal, noise: sigma * signal)
      return SamplingStep(
        timestep: Float(timesteps[index]), level: Noising(signal: 1, noise: sigma),
        inputScale: signal,
        denoised: Estimate(sample: clean.sample * signal, modelOutput: clean.modelOutput),
        next: Composition(sample: down / sigma, denoised: 1 - down / sigma, noise: up),
        needsNoise: needsNoise)
    }
    return SamplingPlan(
      steps: steps, initialNoiseSigma: eulerInitialNoise(sigmas.max() ?? 1))
  }

  private func eulerInitialNoise(_ highest: Float) -> Float {
    configuration.timestepSpacing == .leading ? (highest * highest + 1).squareRoot() : highest
  }
}
