import Faults

extension SchedulerConfiguration {
  /// diffusers' schedulers of models that were trained on variances βₜ, which their files may leave to
  /// the defaults.
  private static let family: Set<String> = [
    "DDIMInverseScheduler", "DDIMParallelScheduler", "DDIMScheduler", "DDPMParallelScheduler",
    "DDPMScheduler", "DEISMultistepScheduler", "DPMSolverMultistepInverseScheduler",
    "DPMSolverMultistepScheduler", "DPMSolverSDEScheduler", "DPMSolverSinglestepScheduler",
    "EulerAncestralDiscreteScheduler", "EulerDiscreteScheduler", "HeunDiscreteScheduler",
    "KDPM2AncestralDiscreteScheduler", "KDPM2DiscreteScheduler", "LCMScheduler",
    "LMSDiscreteScheduler", "PNDMScheduler", "SASolverScheduler", "TCDScheduler",
    "UniPCMultistepScheduler",
  ]

  /// Beginnings of the names of schedulers whose models were trained on other noise.
  private static let strangers = ["EDM", "FlowMatch"]

  /// Refuses a file that does not say, not even by its class, which noise the model was trained on: any
  /// scheduler would fall back on defaults of another family and paint a wrong image.
  func requireVariances() throws {
    guard let className, !Self.family.contains(className) else { return }
    let saysVariances =
      betaStart != nil || betaEnd != nil || betaSchedule != nil || trainedBetas != nil
    if saysVariances, !Self.strangers.contains(where: className.hasPrefix) { return }
    throw SchedulerError(
      .badData,
      "The model's scheduler is \(className), of a family that was trained on other noise than the"
        + " variances ('beta_start', 'beta_end') that all schedulers here start from. No other"
        + " scheduler would paint the right image: use a model with one of "
        + SchedulerKind.allCases.map(\.className).uniqued().joined(separator: ", ") + ".")
  }
}

extension [String] {
  /// Each element once, in the order of first appearance.
  fileprivate func uniqued() -> [String] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
