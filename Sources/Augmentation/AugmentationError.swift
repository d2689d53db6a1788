public import Faults

/// Why an augmentation could not be planned or run, in one paragraph: what was found where, what was
/// expected, what to do.
public struct AugmentationError: Fault {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// The whole message.
  public let description: String
  /// Settings that may be chosen otherwise.
  public let remedies: [Remedy]

  /// Describes a failure.
  public init(_ kind: FaultKind, _ description: String, remedies: [Remedy] = []) {
    self.kind = kind
    self.description = description
    self.remedies = remedies
  }
}

/// Makes sure that what is asked for can be done.
///
/// - Parameters:
///   - expected: The message where it cannot.
///   - settings: What may be chosen otherwise.
/// - Throws: ``AugmentationError`` of kind `request`.
func demand(
  _ condition: Bool, _ expected: @autoclosure () -> String, _ settings: Remedy.Setting...
) throws {
  if condition { return }
  throw AugmentationError(.request, expected(), remedies: settings.map { Remedy($0) })
}
