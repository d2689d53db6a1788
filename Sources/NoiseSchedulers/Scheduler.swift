import Faults

/// A sampling method fitted to a model: its noise schedule and the choices of its configuration.
///
/// A scheduler holds no tensors and no history. It lays out a ``SamplingPlan``; whoever runs the
/// plan multiplies and adds.
///
/// Timesteps and coefficients are those of diffusers 0.42. They are computed in `Double` from the
/// noise schedule in `Float`, which is equal to that of diffusers.
public struct Scheduler: Sendable {
  /// The sampling method.
  public let kind: SchedulerKind
  /// What the model computes.
  public let predictionType: SchedulerConfiguration.PredictionType

  let configuration: SchedulerConfiguration
  let schedule: NoiseSchedule
  let trainTimesteps: Int

  /// Builds what `from_config` of the kind's diffusers class builds from the same file.
  ///
  /// - Parameters:
  ///   - configuration: The model's `scheduler_config.json`.
  ///   - kind: The sampling method; the model's own if `nil`.
  /// - Throws: ``SchedulerError`` for a method or an option that is not supported.
  public init(configuration: SchedulerConfiguration, kind: SchedulerKind? = nil) throws {
    let kind = try kind ?? SchedulerKind(of: configuration)
    try configuration.requireVariances()
    try configuration.requireSupport(by: kind)
    self.kind = kind
    self.configuration = configuration
    predictionType = configuration.predictionType ?? .epsilon
    trainTimesteps = configuration.numTrainTimesteps ?? 1000
    schedule = try NoiseSchedule(
      configuration, timesteps: trainTimesteps,
      // An option that PNDM does not have.
      rescaled: kind != .pndm && configuration.rescaleBetasZeroSNR ?? false)
  }

  /// Lays out a run.
  ///
  /// - Parameters:
  ///   - steps: Number of steps, 1 ... number of training timesteps.
  ///   - eta: DDIM's share of fresh noise, 0 (none) ... 1 (as much as DDPM). Others ignore it.
  ///   - first: How many of the first steps are left out, for a run that starts from an image; the others
  ///     stay where they are. Fewer than `steps`.
  /// - Throws: ``SchedulerError`` when the configuration does not allow for so many steps, or the
  ///   steps would divide by zero.
  public func plan(steps: Int, eta: Double = 0, skipping first: Int = 0) throws -> SamplingPlan {
    precondition(
      first == 0 || (0..<steps).contains(first),
      "plan: \(first) of \(steps) steps cannot be left out")
    guard (1...trainTimesteps).contains(steps) else {
      throw SchedulerError(
        .request,
        "\(steps) steps were asked for, but the model was trained on \(trainTimesteps) timesteps."
          + " Ask for 1 to \(trainTimesteps) steps.")
    }
    let plan =
      switch kind {
      case .ddim: try ddimPlan(steps: steps, eta: eta, skipping: first)
      case .euler: try eulerPlan(steps: steps, skipping: first)
      case .eulerA: try eulerAncestralPlan(steps: steps, skipping: first)
      case .dpmpp2M, .dpmpp2MKarras: try dpmSolverPlan(steps: steps, skipping: first)
      case .pndm: try pndmPlan(steps: steps, skipping: first)
      }
    guard !plan.steps.isEmpty, plan.steps.allSatisfy(\.isFinite) else {
      throw SchedulerError(
        .request,
        "\(kind.className) cannot take these \(steps) steps with prediction type"
          + " '\(predictionType.rawValue)' and eta \(eta): a step would divide by zero, or there is none. With"
          + " 'rescale_betas_zero_snr', use a model of 'v_prediction'; keep eta between 0 and 1.")
    }
    return plan
  }
}
