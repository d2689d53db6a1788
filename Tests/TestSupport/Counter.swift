import Synchronization

/// Counts calls, from any thread.
public final class Counter: Sendable {
  private let calls = Atomic(0)

  /// Begins with zero.
  public init() {}

  /// One more.
  public func count() { calls.add(1, ordering: .relaxed) }

  /// Calls so far.
  public var value: Int { calls.load(ordering: .relaxed) }
}
