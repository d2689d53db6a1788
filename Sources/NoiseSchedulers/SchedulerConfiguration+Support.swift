extension SchedulerConfiguration {
  /// Refuses every option under which diffusers would compute something else than this scheduler does.
  func requireSupport(by kind: SchedulerKind) throws {
    switch kind {
    case .ddim:
      try require(.thresholding, thresholding, among: [false])
    case .euler:
      try requirePlainSigmas()
      try require(.interpolationType, interpolationType, among: ["linear"])
      try require(.timestepType, timestepType, among: ["discrete"])
    case .eulerA:
      try require(.predictionType, predictionType?.rawValue, among: ["epsilon", "v_prediction"])
    case .dpmpp2M, .dpmpp2MKarras:
      try requirePlainSigmas()
      try require(.thresholding, thresholding, among: [false])
      try require(.useLuLambdas, useLuLambdas, among: [false])
      try require(.useFlowSigmas, useFlowSigmas, among: [false])
      try require(.useDynamicShifting, useDynamicShifting, among: [false])
      try require(.algorithmType, algorithmType, among: ["dpmsolver++"])
      // diffusers takes DEIS' and UniPC's names of methods for its own default.
      try require(.solverType, solverType, among: ["midpoint", "logrho", "bh1", "bh2"])
      try require(.solverOrder, solverOrder, among: [1, 2])
      if let varianceType, varianceType.hasPrefix("learned") {
        throw unsupported(.varianceType, varianceType, expected: "a fixed variance")
      }
    case .pndm:
      // Runge-Kutta steps, diffusers' default, which no published model takes.
      try require(.skipPRKSteps, skipPRKSteps ?? false, among: [true])
      try require(.predictionType, predictionType?.rawValue, among: ["epsilon", "v_prediction"])
    }
  }

  private func requirePlainSigmas() throws {
    try require(.useExponentialSigmas, useExponentialSigmas, among: [false])
    try require(.useBetaSigmas, useBetaSigmas, among: [false])
  }

  private func require<Value: Equatable>(
    _ option: CodingKeys, _ value: Value?, among supported: [Value]
  ) throws {
    guard let value, !supported.contains(value) else { return }
    let choices = supported.map { "\($0)" }.joined(separator: " or ")
    throw unsupported(option, value, expected: choices)
  }

  private func unsupported(_ option: CodingKeys, _ value: Any, expected: String) -> SchedulerError {
    SchedulerError(
      "The scheduler configuration sets '\(option.rawValue)' to '\(value)'; supported is \(expected)."
        + " Choose another scheduler, or change the option if the model allows for it.")
  }
}
