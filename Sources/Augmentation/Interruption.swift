import Faults
import Synchronization

/// A request to stop that may come from any thread, such as from one that waits for signals, and
/// that a run looks at between two steps.
public final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Makes an interruption that nobody has asked for yet.
  public init() {}

  /// Asks the run to stop at the next step.
  public func request() { requested.store(true, ordering: .relaxed) }

  /// Whether somebody asked.
  public var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Returns unless somebody asked.
  ///
  /// - Throws: ``AugmentationError`` of kind `interrupted`.
  public func check() throws {
    guard isRequested else { return }
    throw AugmentationError(
      .interrupted,
      "Interrupted. What is finished is kept; the same command goes on where this run stopped.")
  }
}
