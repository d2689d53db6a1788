/// A scheduler that cannot be built or run as asked, in one sentence that says what to do.
public struct SchedulerError: Error, Sendable, CustomStringConvertible, Equatable {
  /// What was found, what was expected and what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
