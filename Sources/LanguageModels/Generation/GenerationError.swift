public import Faults

/// What keeps texts from being continued.
public struct GenerationError: Fault, Equatable {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// What was found, what was expected, what to do.
  public let description: String

  init(_ kind: FaultKind, _ description: String) {
    (self.kind, self.description) = (kind, description)
  }
}
