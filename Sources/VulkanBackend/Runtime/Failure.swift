import Synchronization

/// Why a device cannot go on: the first error, after which nothing is asked of it any more.
///
/// Operations do not throw. Those of a device that has failed do nothing, and whoever reads a result asks
/// for the failure afterwards.
final class Failure: Sendable {
  private let first = Mutex<VulkanError?>(nil)

  /// The error; nothing while all is well.
  var error: VulkanError? { first.withLock { $0 } }

  /// Does something, unless the device has failed.
  ///
  /// - Returns: nil when it had, and when it does now.
  @discardableResult
  func attempt<Value>(_ body: () throws -> Value) -> Value? {
    if error != nil { return nil }
    do {
      return try body()
    } catch {
      let error = error as? VulkanError ?? VulkanError(.failed, "\(error)")
      first.withLock { $0 = $0 ?? error }
      return nil
    }
  }
}
