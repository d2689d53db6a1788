/// One step of a ``SamplingPlan``: where to ask the model, and what to make of its answer.
public struct SamplingStep: Sendable, Equatable {
  /// The model's time, in training timesteps. Euler's method may ask between two of them.
  public let timestep: Float
  /// How much noise is in the sample that the step begins with.
  public let level: Noising
  /// Coefficient of the sample before it goes into the model.
  public let inputScale: Float
  /// How the clean sample is estimated.
  public let denoised: Denoised
  /// How the next sample is composed.
  public let next: Next
  /// Whether diffusers draws noise in this step, even if only to multiply it by zero: a generator
  /// must advance by as much for later images to come out the same.
  public let needsNoise: Bool

  /// Coefficients of the estimate of the clean sample.
  public struct Denoised: Sendable, Equatable {
    /// Coefficient of the sample.
    public let sample: Float
    /// Coefficient of the model's output.
    public let modelOutput: Float
    /// Magnitude to which the sum is clamped, if at all.
    public let clip: Float?
  }

  /// Coefficients of the next sample.
  public struct Next: Sendable, Equatable {
    /// Coefficient of the sample.
    public let sample: Float
    /// Coefficient of the model's output.
    public let modelOutput: Float
    /// Coefficient of the estimated clean sample.
    public let denoised: Float
    /// Coefficient of the last step's estimate; zero in the first step, which has none before it.
    public let previousDenoised: Float
    /// Coefficient of fresh noise of variance 1.
    public let noise: Float
    /// Coefficients of the earlier steps' model outputs, newest first; none for methods that forget them.
    public let previousModelOutputs: [Float]
  }

  /// Rounds coefficients that were computed in `Double`.
  init(
    timestep: Float, level: Noising, inputScale: Double = 1, denoised: Estimate, clip: Float? = nil,
    next: Composition, needsNoise: Bool = false
  ) {
    self.timestep = timestep
    self.level = level
    self.inputScale = Float(inputScale)
    self.denoised = Denoised(
      sample: Float(denoised.sample), modelOutput: Float(denoised.modelOutput), clip: clip)
    self.next = Next(
      sample: Float(next.sample), modelOutput: Float(next.modelOutput),
      denoised: Float(next.denoised), previousDenoised: Float(next.previousDenoised),
      noise: Float(next.noise), previousModelOutputs: next.previousModelOutputs.map { Float($0) })
    self.needsNoise = needsNoise
  }

  /// Whether all coefficients are finite numbers.
  var isFinite: Bool {
    let factors = [
      inputScale, denoised.sample, denoised.modelOutput, next.sample, next.modelOutput,
      next.denoised, next.previousDenoised, next.noise,
    ]
    return (factors + next.previousModelOutputs).allSatisfy(\.isFinite)
  }
}
