import Checkpoints
public import Foundation

extension SchedulerConfiguration {
  /// Reads a `scheduler_config.json`.
  ///
  /// Options of other schedulers may stand in it, as diffusers keeps them when a model's scheduler is
  /// changed; they ask for nothing.
  ///
  /// - Throws: `CheckpointError` for a file that cannot be read, or a value that no supported scheduler
  ///   has.
  public init(contentsOf file: URL) throws {
    try self.init(json: contents(of: file), location: file.path)
  }

  /// Reads the contents of such a file.
  ///
  /// - Parameters:
  ///   - json: A JSON object.
  ///   - location: The file's name for messages.
  /// - Throws: `CheckpointError` as ``init(contentsOf:)`` does.
  public init(json: Data, location: String) throws {
    self.init()
    let options = try Options(json: json, location: location)
    try bind(to: options)
    try bindSolver(to: options)
    try bindSingleForms(to: options)
  }

  private mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("num_train_timesteps", &numTrainTimesteps, within: Bounds.timesteps)
    try options.bind("beta_start", &betaStart, within: Bounds.variance)
    try options.bind("beta_end", &betaEnd, within: Bounds.variance)
    try options.bind("beta_schedule", &betaSchedule)
    try options.bind("trained_betas", &trainedBetas, within: 0...1)
    try options.bind("rescale_betas_zero_snr", &rescaleBetasZeroSNR)
    try options.bind("prediction_type", &predictionType)
    try options.bind("timestep_spacing", &timestepSpacing)
    try options.bind("steps_offset", &stepsOffset, within: 0...Bounds.timesteps.upperBound)
    try options.bind("clip_sample", &clipSample)
    try options.bind("clip_sample_range", &clipSampleRange, within: Bounds.magnitude)
    try options.bind("set_alpha_to_one", &setAlphaToOne)
  }

  private mutating func bindSolver(to options: Options) throws {
    try options.bind("use_karras_sigmas", &useKarrasSigmas)
    try options.bind("sigma_min", &sigmaMin, within: Bounds.sigma)
    try options.bind("sigma_max", &sigmaMax, within: Bounds.sigma)
    try options.bind("final_sigmas_type", &finalSigmasType)
    try options.bind("solver_order", &solverOrder, within: Bounds.layers)
    try options.bind("lower_order_final", &lowerOrderFinal)
    try options.bind("euler_at_final", &eulerAtFinal)
    try options.bind("lambda_min_clipped", &lambdaMinClipped, within: -.infinity ... .infinity)
  }

  private mutating func bindSingleForms(to options: Options) throws {
    try options.bind("thresholding", &thresholding)
    try options.bind("use_exponential_sigmas", &useExponentialSigmas)
    try options.bind("use_beta_sigmas", &useBetaSigmas)
    try options.bind("use_lu_lambdas", &useLuLambdas)
    try options.bind("use_flow_sigmas", &useFlowSigmas)
    try options.bind("use_dynamic_shifting", &useDynamicShifting)
    try options.bind("timestep_type", &timestepType)
    try options.bind("interpolation_type", &interpolationType)
    try options.bind("algorithm_type", &algorithmType)
    try options.bind("solver_type", &solverType)
    try options.bind("variance_type", &varianceType)
    try options.bind("skip_prk_steps", &skipPRKSteps)
  }
}
