public import Faults

/// A scheduler that cannot be built or run as asked, in one sentence that says what to do.
public struct SchedulerError: Fault, Equatable {
  /// `badData` for a configuration, `request` for a run.
  public let kind: FaultKind
  /// What was found, what was expected and what to do.
  public let description: String
  /// Settings that may be chosen otherwise.
  public let remedies: [Remedy]

  init(_ kind: FaultKind, _ description: String, remedies: [Remedy] = []) {
    self.kind = kind
    self.description = description
    self.remedies = remedies
  }
}
