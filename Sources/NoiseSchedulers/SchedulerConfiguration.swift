public import Checkpoints

/// The contents of a model's `scheduler_config.json`, as diffusers writes it.
///
/// An option that the file leaves out is `nil`: each scheduler then takes its own default, as
/// diffusers' `from_config` does. Options of other schedulers are ignored, as they are there.
public struct SchedulerConfiguration: Sendable {
  /// How the noise variances βₜ run over the training timesteps.
  public enum BetaSchedule: String, OptionChoice, Sendable, CaseIterable {
    /// Evenly from `betaStart` to `betaEnd`.
    case linear
    /// Evenly in √β. All Stable Diffusion models.
    case scaledLinear = "scaled_linear"
    /// Such that ᾱ falls as a squared cosine.
    case squaredCosine = "squaredcos_cap_v2"
  }

  /// Which of the training timesteps are visited.
  ///
  /// Source: Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", table 2,
  /// <https://arxiv.org/abs/2305.08891>.
  public enum TimestepSpacing: String, OptionChoice, Sendable, CaseIterable {
    /// Multiples of a whole step, shifted by `stepsOffset`.
    case leading
    /// Backwards from the last timestep.
    case trailing
    /// Evenly from the first to the last timestep.
    case linspace
  }

  /// What the model computes from a noisy sample.
  public enum PredictionType: String, OptionChoice, Sendable, CaseIterable {
    /// The noise ε.
    case epsilon
    /// The velocity v = √ᾱ·ε − √(1 − ᾱ)·x₀.
    case velocity = "v_prediction"
    /// The clean sample x₀.
    case sample
  }

  /// The noise level that the last step ends at.
  public enum FinalSigmas: String, OptionChoice, Sendable, CaseIterable {
    /// No noise.
    case zero
    /// The lowest level seen in training.
    case sigmaMin = "sigma_min"
  }

  /// The diffusers class that wrote the file, such as `DDIMScheduler`.
  public var className: String?

  /// Number of training timesteps.
  public var numTrainTimesteps: Int?
  /// Variance of the first training timestep.
  public var betaStart: Double?
  /// Variance of the last training timestep.
  public var betaEnd: Double?
  /// Course of the variances between the two.
  public var betaSchedule: BetaSchedule?
  /// All variances, in place of a course.
  public var trainedBetas: [Float]?
  /// Whether the variances are stretched until the last timestep holds nothing but noise.
  public var rescaleBetasZeroSNR: Bool?

  /// What the model computes.
  public var predictionType: PredictionType?
  /// Which timesteps are visited.
  public var timestepSpacing: TimestepSpacing?
  /// Added to every timestep of `leading` spacing.
  public var stepsOffset: Int?

  /// DDIM: whether the predicted clean sample is clamped.
  public var clipSample: Bool?
  /// DDIM: magnitude to which it is clamped.
  public var clipSampleRange: Float?
  /// DDIM: whether the last step ends without noise, or at the first training timestep.
  public var setAlphaToOne: Bool?

  /// Euler, DPM-Solver: whether noise levels are spaced as Karras et al. do.
  public var useKarrasSigmas: Bool?
  /// Lowest of the Karras levels.
  public var sigmaMin: Double?
  /// Highest of the Karras levels.
  public var sigmaMax: Double?
  /// Euler, DPM-Solver: the level that the last step ends at.
  public var finalSigmasType: FinalSigmas?

  /// DPM-Solver: how many predictions a step uses.
  public var solverOrder: Int?
  /// DPM-Solver: whether a run of fewer than 15 steps ends with a first-order step.
  public var lowerOrderFinal: Bool?
  /// DPM-Solver: whether every run does.
  public var eulerAtFinal: Bool?
  /// DPM-Solver: the lowest log signal-to-noise ratio to start from.
  public var lambdaMinClipped: Double?

  // Options of which only one value is supported; `Scheduler` refuses the others.
  var thresholding: Bool?
  var useExponentialSigmas: Bool?
  var useBetaSigmas: Bool?
  var useLuLambdas: Bool?
  var useFlowSigmas: Bool?
  var useDynamicShifting: Bool?
  var timestepType: String?
  var interpolationType: String?
  var algorithmType: String?
  var solverType: String?
  var varianceType: String?
  var skipPRKSteps: Bool?

  /// Creates a configuration that leaves everything to the scheduler's defaults.
  public init() {}
}
