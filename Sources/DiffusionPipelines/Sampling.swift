import NoiseSchedulers
import TensorCore

/// Walks from noise to latents along a sampling plan.
struct Sampling {
  let plan: SamplingPlan
  let model: GuidedModel
  let settings: SamplingSettings
  let progress: (StableDiffusionPipeline.Progress) throws -> Void

  /// - Parameters:
  ///   - noise: Noise of variance 1, `[N, h, w, C]`.
  ///   - sources: One for each sample; fresh noise is drawn from them.
  /// - Returns: Latents of unit variance, `[N, h, w, C]`.
  /// - Throws: What `progress` throws, between two steps.
  func callAsFunction(from noise: Tensor, sources: inout [NoiseSource]) throws -> Tensor {
    var latents = plan.initialNoiseSigma * noise
    var previous = History()
    let adapterSteps = Int(Float(settings.steps) * settings.adapterFactor)
    for (index, step) in plan.steps.enumerated() {
      try progress(.step(index, of: plan.steps.count))
      let output = model(
        step.inputScale * latents, timestep: step.timestep, usesAdapter: index < adapterSteps)
      let denoised = denoise(latents, output, step)
      latents = advance(latents, output, denoised, previous, step, &sources)
      previous.denoised = denoised
      previous.outputs = Array(([output] + previous.outputs).prefix(plan.outputsKept))
    }
    try progress(.step(plan.steps.count, of: plan.steps.count))
    return latents
  }

  /// What steps ask for of those before them.
  private struct History {
    var denoised: Tensor?
    /// Newest first.
    var outputs: [Tensor] = []
  }

  private func denoise(_ latents: Tensor, _ output: Tensor, _ step: SamplingStep) -> Tensor {
    let denoised = Tensor.combine([
      (step.denoised.sample, latents), (step.denoised.modelOutput, output),
    ])
    return step.denoised.clip.map { denoised.clamped(to: $0) } ?? denoised
  }

  private func advance(
    _ latents: Tensor, _ output: Tensor, _ denoised: Tensor, _ previous: History,
    _ step: SamplingStep, _ sources: inout [NoiseSource]
  ) -> Tensor {
    var terms = [
      (step.next.sample, latents), (step.next.modelOutput, output), (step.next.denoised, denoised),
    ]
    if let denoised = previous.denoised { terms.append((step.next.previousDenoised, denoised)) }
    terms += zip(step.next.previousModelOutputs, previous.outputs)
    if step.needsNoise {
      let noise = NoiseSource.draw(from: &sources, like: latents)
      terms.append((step.next.noise, noise))
    }
    // A factor of zero must also silence what is not finite there.
    return .combine(terms.filter { $0.0 != 0 }.map { (scale: $0.0, tensor: $0.1) })
  }
}
