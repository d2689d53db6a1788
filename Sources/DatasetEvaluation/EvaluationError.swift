public import Faults

/// What keeps a dataset from being judged.
///
/// Its kind is `request` for what cannot be asked for, `badData` for parts that do not belong together, `noInput` for what
/// is not there, and `degenerate` for numbers that say nothing.
public struct EvaluationError: Fault, Equatable {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// What was found, where, and what to do.
  public let description: String
  /// What may be set otherwise.
  public let remedies: [Remedy]

  /// Says what is wrong.
  init(_ kind: FaultKind, _ description: String, remedies: [Remedy] = []) {
    (self.kind, self.description, self.remedies) = (kind, description, remedies)
  }
}
