import Synchronization

/// What a reader passed over and the user may want to know, a sentence each, from any thread.
public final class Notices: Sendable {
  private let sentences = Mutex<[String]>([])

  /// Nothing yet.
  public init() {}

  /// What was said so far, each sentence once.
  public var all: [String] { sentences.withLock { $0 } }

  /// Says something, unless it was said before.
  public func add(_ sentence: String) {
    sentences.withLock { if !$0.contains(sentence) { $0.append(sentence) } }
  }
}
