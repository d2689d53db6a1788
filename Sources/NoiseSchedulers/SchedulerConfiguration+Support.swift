import Faults

extension SchedulerConfiguration {
  /// Refuses every option under which diffusers would compute something else than this scheduler does.
  func requireSupport(by kind: SchedulerKind) throws {
    switch kind {
    case .ddim:
      try require("thresholding", thresholding, among: [false])
    case .euler:
      try requirePlainSigmas()
      try require("interpolation_type", interpolationType, among: ["linear"])
      try require("timestep_type", timestepType, among: ["discrete"])
    case .eulerA:
      try require("prediction_type", predictionType?.rawValue, among: ["epsilon", "v_prediction"])
    case .dpmpp2M, .dpmpp2MKarras:
      try requirePlainSigmas()
      try require("thresholding", thresholding, among: [false])
      try require("use_lu_lambdas", useLuLambdas, among: [false])
      try require("use_flow_sigmas", useFlowSigmas, among: [false])
      try require("use_dynamic_shifting", useDynamicShifting, among: [false])
      try require("algorithm_type", algorithmType, among: ["dpmsolver++"])
      // diffusers takes DEIS' and UniPC's names of methods for its own default.
      try require("solver_type", solverType, among: ["midpoint", "logrho", "bh1", "bh2"])
      try require("solver_order", solverOrder, among: [1, 2])
      if let varianceType, varianceType.hasPrefix("learned") {
        throw unsupported("variance_type", varianceType, expected: "a fixed variance")
      }
    case .pndm:
      // Runge-Kutta steps, diffusers' default, which no published model takes.
      try require("skip_prk_steps", skipPRKSteps ?? false, among: [true])
      try require("prediction_type", predictionType?.rawValue, among: ["epsilon", "v_prediction"])
    }
  }

  private func requirePlainSigmas() throws {
    try require("use_exponential_sigmas", useExponentialSigmas, among: [false])
    try require("use_beta_sigmas", useBetaSigmas, among: [false])
  }

  private func require<Value: Equatable>(
    _ option: String, _ value: Value?, among supported: [Value]
  ) throws {
    guard let value, !supported.contains(value) else { return }
    let choices = supported.map { "\($0)" }.joined(separator: " or ")
    throw unsupported(option, value, expected: choices)
  }

  private func unsupported(_ option: String, _ value: Any, expected: String) -> SchedulerError {
    SchedulerError(
      .badData,
      "The scheduler configuration sets '\(option)' to '\(value)'; supported is \(expected)."
        + " Choose another scheduler, or change the option if the model allows for it.")
  }
}
