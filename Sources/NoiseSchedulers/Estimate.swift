/// A sum of sample and model output, such as the estimated clean sample or the estimated noise.
struct Estimate {
  let sample: Double
  let modelOutput: Double

  /// The clean sample x₀ where the sample is signal · x₀ + noise · ε with signal² + noise² = 1.
  static func clean(
    _ type: SchedulerConfiguration.PredictionType, signal: Double, noise: Double
  ) -> Estimate {
    switch type {
    case .epsilon: Estimate(sample: 1 / signal, modelOutput: -noise / signal)
    case .velocity: Estimate(sample: signal, modelOutput: -noise)
    case .sample: Estimate(sample: 0, modelOutput: 1)
    }
  }

  /// The noise ε of the same sample.
  static func noise(
    _ type: SchedulerConfiguration.PredictionType, signal: Double, noise: Double
  ) -> Estimate {
    switch type {
    case .epsilon: Estimate(sample: 0, modelOutput: 1)
    case .velocity: Estimate(sample: noise, modelOutput: signal)
    case .sample: Estimate(sample: 1 / noise, modelOutput: -signal / noise)
    }
  }
}

/// The coefficients of ``SamplingStep/Next`` before rounding.
struct Composition {
  var sample = 0.0
  var modelOutput = 0.0
  var denoised = 0.0
  var previousDenoised = 0.0
  var noise = 0.0
  var previousModelOutputs: [Double] = []
}
