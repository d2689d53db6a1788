/// Why a picture could not be made.
public struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong.
  public enum Reason: Sendable, Equatable {
    /// The request asks for something that this model cannot do.
    case request
    /// The model's parts do not belong together, or a file holds something else than expected.
    case parts
    /// The device has less memory than the work needs.
    case memory
    /// The computation gave numbers that are no picture.
    case degenerate
  }

  /// What went wrong.
  public let reason: Reason
  /// What was found and what to do.
  public let description: String

  init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }
}
