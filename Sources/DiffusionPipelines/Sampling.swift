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
    let schedule = SamplingSchedule(
      plan, model.unet, samples: model.samples(for: noise.shape[0]), on: noise.device)
    var latents = plan.initialNoiseSigma * noise
    // Before the first step there is nothing: its factors silence whatever stands there.
    var denoised = latents
    var outputs = [Tensor](repeating: latents, count: plan.outputsKept)
    for run in runs {
      let denoisingStep = DenoisingStep(kind: run.kind, model: model)
      let take = Recording { denoisingStep($0) }
      for index in run.steps {
        try report(index, estimate: index == 0 ? nil : denoised)
        try latents.device.check()
        let noise =
          plan.steps[index].needsNoise
          ? NoiseSource.draw(from: &sources, like: latents) : latents
        let terms = plan.furtherTerms(denoised: denoised, outputs: outputs, noise: noise)
        let results = take([latents] + schedule(step: index) + terms)
        outputs = Array(([results[1]] + outputs).prefix(plan.outputsKept))
        (latents, denoised) = (results[0], results[2])
      }
    }
    try report(plan.steps.count, estimate: denoised)
    return latents
  }

  private func report(_ steps: Int, estimate: Tensor?) throws {
    try progress(.init(.step(steps, of: plan.steps.count), estimate: estimate))
  }

  /// Steps of one kind that follow each other. Each run is recorded by itself, so that no two
  /// recordings hold memory at the same time.
  private var runs: [(kind: DenoisingStep.Kind, steps: Range<Int>)] {
    let adapterSteps =
      model.conditioning.adapterFeatures.isEmpty
      ? 0 : Int(Float(settings.steps) * settings.adapterFactor)
    var runs: [(kind: DenoisingStep.Kind, steps: Range<Int>)] = []
    for (index, step) in plan.steps.enumerated() {
      let kind = DenoisingStep.Kind(usesAdapter: index < adapterSteps, clip: step.denoised.clip)
      if let last = runs.last, last.kind == kind {
        runs[runs.count - 1].steps = last.steps.lowerBound..<index + 1
      } else {
        runs.append((kind, index..<index + 1))
      }
    }
    return runs
  }
}
