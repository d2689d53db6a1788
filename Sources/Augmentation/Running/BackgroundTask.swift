import Dispatch
import Synchronization

/// A piece of work that goes on beside the caller's.
final class BackgroundTask<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let group = DispatchGroup()

  /// Starts the work.
  ///
  /// - Parameter queue: Where; a serial one does one task after another.
  init(on queue: DispatchQueue = .global(), _ work: @escaping @Sendable () throws -> Value) {
    queue.async(group: group) { [result = self] in
      let made = Result { try work() }
      result.result.withLock { $0 = made }
    }
  }

  /// Whether the work has ended.
  var isFinished: Bool { result.withLock { $0 != nil } }

  /// What came out, as soon as the work has ended.
  ///
  /// - Throws: What the work threw.
  func value() throws -> Value {
    group.wait()
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("BackgroundTask: the work ended without a result")
    }
    return try result.get()
  }
}
