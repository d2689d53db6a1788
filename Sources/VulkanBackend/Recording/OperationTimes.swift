/// Seconds that operations took on the device.
package struct OperationTimes: Sendable {
  /// Seconds by operation.
  package private(set) var seconds: [String: Double] = [:]
  /// Number of dispatches by operation.
  package private(set) var counts: [String: Int] = [:]

  init() {}

  mutating func add(_ operation: String, seconds time: Double) {
    seconds[operation, default: 0] += time
    counts[operation, default: 0] += 1
  }
}
