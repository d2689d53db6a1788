/// All the steps from noise to a clean sample, as plain numbers.
///
///     x = initialNoiseSigma · noise, or imageStart.signal · (a clean sample) + imageStart.noise · noise
///     for each step:
///       output = model(inputScale · x, timestep)
///       denoised = denoised.sample · x + denoised.modelOutput · output      (clamped to ± clip)
///       x = next.sample · x + next.modelOutput · output + next.denoised · denoised
///         + next.previousDenoised · (the last step's denoised) + next.noise · noise
///         + Σ next.previousModelOutputs[i] · (the output of i + 1 steps before)
public struct SamplingPlan: Sendable {
  /// The steps, in the order in which they are taken.
  public let steps: [SamplingStep]
  /// Standard deviation of the noise that the first step starts from.
  public let initialNoiseSigma: Float
  /// Where the first step starts from when there is a clean sample to start from, as in image to image.
  public let imageStart: Noising
  /// How many of the steps take another one again, as PNDM's second does.
  let repeatedSteps: Int

  /// - Parameter imageStart: The level of the first step where absent.
  init(
    steps: [SamplingStep], initialNoiseSigma: Float, imageStart: Noising? = nil,
    repeatedSteps: Int = 0
  ) {
    self.steps = steps
    self.initialNoiseSigma = initialNoiseSigma
    self.imageStart = imageStart ?? steps.first?.level ?? .clean
    self.repeatedSteps = repeatedSteps
  }

  /// How much noise is in the sample that a step leaves behind: what the next one begins with, and none after
  /// the last.
  public func level(after step: Int) -> Noising {
    step + 1 < steps.count ? steps[step + 1].level : .clean
  }

  /// The number of steps that were asked for, less those that an image's start leaves out.
  public var askedSteps: Int { steps.count - repeatedSteps }

  /// Whether a step asks for the estimate of the one before it.
  public var keepsDenoised: Bool { steps.contains { $0.next.previousDenoised != 0 } }

  /// Whether a step asks for fresh noise.
  public var needsNoise: Bool { steps.contains(where: \.needsNoise) }

  /// How many earlier model outputs a step asks for at most.
  public var outputsKept: Int { steps.map(\.next.previousModelOutputs.count).max() ?? 0 }
}
