public import Faults

/// What keeps an annotator from drawing.
public struct AnnotationError: Fault {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// What was found, where, and what to do.
  public let description: String

  init(_ kind: FaultKind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
