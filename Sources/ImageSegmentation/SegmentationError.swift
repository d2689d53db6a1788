public import Faults

/// What keeps a segmenter from finding classes.
public struct SegmentationError: Fault {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// What was found, where, and what to do.
  public let description: String

  init(_ kind: FaultKind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
