package import NoiseSchedulers
package import Tensors

/// Walks along a sampling plan, from noise to latents.
package struct Sampling<Model: Denoiser> {
  package let plan: SamplingPlan
  let model: Model
  let controls: [any StepControl]
  let guidanceInterval: StepRange?
  let deepFeatureInterval: Int
  let probe: StepProbe?
  let progress: (StableDiffusionPipeline.Progress) throws -> Void

  /// Steps that are the same function of their inputs.
  package struct Run: Equatable {
    /// The controls that take part, ascending.
    package let controls: [Int]
    /// Magnitude to which the estimate is clamped, if at all.
    package let clip: Float?
    /// Whether all branches of guidance are asked.
    package let isGuided: Bool
    /// Whether somebody looks inside.
    let isProbed: Bool
    /// They follow each other.
    package var steps: Range<Int>

    /// Whether a step of the run takes its deep features from the one before it, where each n-th step computes them.
    func reusesFeatures(in step: Int, interval: Int) -> Bool {
      !isProbed && (step - steps.lowerBound) % interval != 0
    }

    /// Whether both are the same function.
    func isSame(as other: Run) -> Bool {
      controls == other.controls && clip == other.clip && isGuided == other.isGuided
        && isProbed == other.isProbed
    }
  }

  /// Chooses the way.
  ///
  /// - Parameters:
  ///   - plan: The steps.
  ///   - model: What is asked in each.
  ///   - controls: What joins them.
  ///   - guidanceInterval: The steps that are guided; nil for all.
  ///   - deepFeatureInterval: 1, or n where every n-th step of a run computes its deep features, and the others reuse them.
  ///   - probe: Looks inside.
  ///   - progress: Called before every step and behind the last; what it throws ends the walk.
  package init(
    plan: SamplingPlan, model: Model, controls: [any StepControl],
    guidanceInterval: StepRange? = nil, deepFeatureInterval: Int = 1, probe: StepProbe? = nil,
    progress: @escaping (StableDiffusionPipeline.Progress) throws -> Void
  ) {
    self.plan = plan
    self.model = model
    self.controls = controls
    self.guidanceInterval = guidanceInterval
    self.deepFeatureInterval = deepFeatureInterval
    self.probe = probe
    self.progress = progress
  }

  /// Walks.
  ///
  /// - Parameters:
  ///   - start: Where the plan's first step begins, `[N, h, w, C]`.
  ///   - sources: One for each sample; fresh noise is drawn from them.
  /// - Returns: Latents of unit variance, `[N, h, w, C]`.
  /// - Throws: What `progress` throws, between two steps.
  package func callAsFunction(from start: Tensor, sources: inout [NoiseSource]) throws -> Tensor {
    let schedule = SamplingSchedule(plan, model, images: start.shape[0], on: start.device)
    var latents = start
    // Before the first step there is nothing: its coefficients silence whatever stands there.
    var denoised = latents
    var outputs = [Tensor](repeating: latents, count: plan.outputsKept)
    for run in runs {
      var recorded = recorded(run, images: start.shape[0])
      var kept: [Tensor] = []
      for index in run.steps {
        try report(index, estimate: index == 0 ? nil : denoised)
        try latents.device.check()
        let reuses = run.reusesFeatures(in: index, interval: deepFeatureInterval)
        let results = recorded(
          inputs(
            of: index, run, recorded.controls, schedule, latents, kept: reuses ? kept : [],
            denoised: denoised, outputs: outputs, &sources))
        outputs = Array(([results[1]] + outputs).prefix(plan.outputsKept))
        (latents, denoised) = (results[0], results[2])
        if run.isProbed { try probe?.see(index, Array(results[3...])) }
        if !reuses { kept = Array(results[3...]) }
      }
    }
    try report(plan.steps.count, estimate: denoised)
    return latents
  }

  /// A run with what its steps ask, and what joins them.
  private func recorded(_ run: Run, images: Int) -> RecordedRun<Model> {
    let active = run.controls.map { controls[$0] }
    return RecordedRun(
      DenoisingStep(
        model: run.isGuided ? model : model.unguided(images: images),
        controls: run.isGuided ? active : active.map { $0.unguided(images: images) },
        clip: run.clip, sights: run.isProbed ? probe?.sights ?? [] : [],
        keepsFeatures: !run.isProbed && deepFeatureInterval > 1))
  }

  private func inputs(
    of index: Int, _ run: Run, _ active: [any StepControl], _ schedule: SamplingSchedule,
    _ latents: Tensor, kept: [Tensor], denoised: Tensor, outputs: [Tensor],
    _ sources: inout [NoiseSource]
  ) -> StepInputs {
    let step = plan.steps[index]
    func noise() -> Tensor { NoiseSource.draw(from: &sources, like: latents) }
    let fresh = step.needsNoise ? noise() : latents
    return StepInputs(
      latents: latents, timeFeatures: schedule.timeFeatures(of: index, isGuided: run.isGuided),
      coefficients: schedule.coefficients(of: index),
      terms: plan.furtherTerms(denoised: denoised, outputs: outputs, noise: fresh),
      controls: active.map { $0.inputs(for: index, of: plan, noise: noise) }, kept: kept)
  }

  private func report(_ steps: Int, estimate: Tensor?) throws {
    try progress(.init(.step(steps, of: plan.steps.count), estimate: estimate))
  }

  /// Each run is recorded by itself, so that no two recordings hold memory at the same time.
  package var runs: [Run] {
    var runs: [Run] = []
    for (index, step) in plan.steps.enumerated() {
      let active = controls.indices.filter { controls[$0].takesPart(in: index, of: plan) }
      let isProbed = probe?.steps.contains(index, of: plan.steps.count) ?? false
      let run = Run(
        controls: active, clip: step.denoised.clip,
        isGuided: guidanceInterval?.contains(index, of: plan.steps.count) ?? true,
        isProbed: isProbed, steps: index..<index + 1)
      if let last = runs.last, last.isSame(as: run) {
        runs[runs.count - 1].steps = last.steps.lowerBound..<index + 1
      } else {
        runs.append(run)
      }
    }
    return runs
  }
}
