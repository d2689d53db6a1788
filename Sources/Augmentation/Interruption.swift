import Faults
import Synchronization

/// A request to stop that may come from any thread, such as from one that waits for signals, and
/// that a run looks at between two steps.
public final class Interruption: Sendable {
  private enum Wish {
    /// As soon as possible.
    case now
    /// When the image is finished that is being painted, if that is before this moment.
    case afterImage(before: ContinuousClock.Instant)
  }

  private let wish = Mutex<Wish?>(nil)

  /// Makes an interruption that nobody has asked for yet.
  public init() {}

  /// Asks the run to stop at the next step.
  public func request() { wish.withLock { $0 = .now } }

  /// Asks the run to finish the image that it is painting, and then to stop.
  ///
  /// - Parameter grace: When that would take longer, the run stops at the next step.
  public func requestAfterImage(within grace: Duration) {
    wish.withLock { $0 = $0 ?? .afterImage(before: .now + grace) }
  }

  /// Whether somebody asked.
  public var isRequested: Bool { wish.withLock { $0 != nil } }

  /// Returns unless somebody asked.
  ///
  /// - Throws: ``AugmentationError`` of kind `interrupted`.
  public func check() throws { if isRequested { throw Self.error } }

  /// Returns unless an image that is being painted is to be given up.
  ///
  /// - Parameter seconds: The time until it is finished, about; nil where nobody knows, which counts as none.
  /// - Throws: ``AugmentationError`` of kind `interrupted`.
  func check(beforeFinishingIn seconds: Double?) throws {
    switch wish.withLock({ $0 }) {
    case nil: return
    case .now: throw Self.error
    case .afterImage(let end):
      if .now + .seconds(seconds ?? 0) > end { throw Self.error }
    }
  }

  private static var error: AugmentationError {
    AugmentationError(
      .interrupted,
      "Interrupted. What is finished is kept; the same command goes on where this run stopped.")
  }
}
