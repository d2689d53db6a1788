import Foundation
import VulkanBackend

extension OperationTimes {
  /// The dispatches of one operation.
  struct Kind: Encodable {
    let operation: String
    let count: Int
    let seconds: Double

    /// The line of a table.
    var line: String {
      "  " + operation.padding(toLength: 28, withPad: " ", startingAt: 0)
        + String(format: "  %10.3f ms  %6d times", seconds * 1e3, count)
    }
  }

  /// Every operation, the longest first.
  var kinds: [Kind] {
    seconds.map { Kind(operation: $0, count: counts[$0] ?? 0, seconds: $1) }
      .sorted { ($0.seconds, $0.operation) > ($1.seconds, $1.operation) }
  }
}
