/// Why a picture could not be made.
public struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong.
  public enum Reason: Sendable, Equatable {
    /// The model, the request or the guide asks for something that cannot be.
    case unusable
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
