public import Faults

/// Why an image could not be made.
///
/// Its kind is `request` for what the model cannot do, `badData` for parts that do not belong together and files that
/// hold something else than expected, `memory`, or `degenerate` for numbers that are no image.
public struct PipelineError: Fault, Equatable {
  /// What sort of failure it is.
  public let kind: FaultKind
  /// What was found and what to do.
  public let description: String
  /// Settings that may be chosen otherwise.
  public let remedies: [Remedy]

  init(_ kind: FaultKind, _ description: String, remedies: [Remedy] = []) {
    self.kind = kind
    self.description = description
    self.remedies = remedies
  }
}

/// Makes sure that what is asked for can be done.
///
/// - Parameters:
///   - fault: The message where it cannot.
///   - settings: What may be chosen otherwise.
/// - Throws: ``PipelineError`` of kind `request`.
func demand(
  _ condition: Bool, _ fault: @autoclosure () -> String, _ settings: Remedy.Setting...
) throws {
  if condition { return }
  throw PipelineError(.request, fault(), remedies: settings.map { Remedy($0) })
}
