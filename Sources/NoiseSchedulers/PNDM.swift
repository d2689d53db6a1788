extension Scheduler {
  /// Pseudo linear multi-step method: each step follows a polynomial through the last four noises.
  ///
  ///     x₋ = √(ᾱ₋/ᾱ) · x − (ᾱ₋ − ᾱ) · ε / (ᾱ · √(1 − ᾱ₋) + √(ᾱ · (1 − ᾱ) · ᾱ₋))
  ///
  /// The second timestep is asked twice: the first answer only improves the first step, which is taken
  /// again. So a run has one step more than were asked for. A run that starts later begins like any other, as
  /// in diffusers, where the steps that are left out are of the timesteps that are asked.
  ///
  /// Source: Liu et al., "Pseudo Numerical Methods for Diffusion Models on Manifolds", equations 9, 11
  /// and 12, <https://arxiv.org/abs/2202.09778>.
  func pndmPlan(steps: Int, skipping first: Int) throws -> SamplingPlan {
    let timesteps = spacedTimesteps(steps, spacing: configuration.timestepSpacing ?? .leading)
      .map { Int($0.rounded(.toNearestOrEven)) }
    try requireTrained(timesteps.map(Double.init))
    let stride = trainTimesteps / steps
    let asked = Array((timesteps.prefix(2) + timesteps.dropFirst()).dropFirst(first))
    let run = asked.enumerated().map { index, timestep in
      let next =
        index == 1
        ? transfer(from: timestep + stride, to: timestep)
          .repeating(transfer(from: asked[0], to: asked[0] - stride))
        : transfer(from: timestep, to: timestep - stride).following(Self.weights(index))
      return SamplingStep(
        timestep: Float(timestep), level: noising(at: timestep), denoised: clean(at: timestep),
        next: next)
    }
    return SamplingPlan(
      steps: run, initialNoiseSigma: 1, repeatedSteps: 1)
  }

  /// Weights of the outputs, newest first. The second output of a run is not among them.
  private static func weights(_ index: Int) -> [Double] {
    switch index {
    case 0: [1]
    case 2: [3, 0, -1].map { $0 / 2 }
    case 3: [23, -16, 0, 5].map { $0 / 12 }
    case 4: [55, -59, 37, 0, -9].map { $0 / 24 }
    default: [55, -59, 37, -9].map { $0 / 24 }
    }
  }

  private func clean(at timestep: Int) -> Estimate {
    let alpha = Double(schedule.alphasCumprod[timestep])
    return .clean(predictionType, signal: alpha.squareRoot(), noise: (1 - alpha).squareRoot())
  }

  private func transfer(from timestep: Int, to next: Int) -> Transfer {
    let alpha = Double(schedule.alphasCumprod[timestep])
    let nextAlpha =
      next >= 0
      ? Double(schedule.alphasCumprod[next])
      : configuration.setAlphaToOne ?? false ? 1 : Double(schedule.alphasCumprod[0])
    let (signal, noise) = (alpha.squareRoot(), (1 - alpha).squareRoot())
    let epsilon = Estimate.noise(predictionType, signal: signal, noise: noise)
    let gain =
      (alpha - nextAlpha)
      / (alpha * (1 - nextAlpha).squareRoot() + signal * noise * nextAlpha.squareRoot())
    return Transfer(
      sample: (nextAlpha / alpha).squareRoot() + gain * epsilon.sample,
      modelOutput: gain * epsilon.modelOutput)
  }
}

/// A step between two timesteps: the coefficients of the sample and of the mixed outputs.
private struct Transfer {
  let sample: Double
  let modelOutput: Double

  /// - Parameter weights: Of the outputs, newest first.
  func following(_ weights: [Double]) -> Composition {
    Composition(
      sample: sample, modelOutput: modelOutput * weights[0],
      previousModelOutputs: weights.dropFirst().map { modelOutput * $0 })
  }

  /// Takes a step again from where it started, with the mean of its output and the new one.
  ///
  /// The start is what the step made of it, less what came from the output.
  func repeating(_ step: Transfer) -> Composition {
    Composition(
      sample: sample / step.sample, modelOutput: modelOutput / 2,
      previousModelOutputs: [modelOutput / 2 - sample / step.sample * step.modelOutput])
  }
}
