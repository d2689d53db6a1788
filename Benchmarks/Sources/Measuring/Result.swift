import Foundation
import Tensors
import VulkanBackend

/// What came out of one benchmark.
struct Result {
  let name: String
  let precision: ProductPrecision
  /// The backend's own name: threads and instruction level.
  let device: String
  /// Median seconds of a run.
  let seconds: Double
  /// Floating-point operations of a run; nothing where memory or files are the work.
  var operations: Int?
  /// Bytes read and written in a run, where memory is the work.
  var bytes: Int?
  /// Part of the measured peak; more than 1 where Winograd's form saves products or a cache holds the
  /// operands.
  var fractionOfPeak: Double?
  /// Largest memory of all device allocations together, preparation included.
  let peakBytes: Int
  /// How long each kind of operation took in one run, when that was asked for.
  var operationTimes: OperationTimes?
  /// How others did, when they were asked.
  var comparison: Comparison?

  var gflops: Double? { operations.map { Double($0) / seconds / 1e9 } }
  var gigabytesPerSecond: Double? { bytes.map { Double($0) / seconds / 1e9 } }

  /// The line of a table.
  var line: String {
    let rate =
      gflops.map { String(format: "%8.1f GFLOP/s", $0) }
      ?? gigabytesPerSecond.map { String(format: "%8.1f GB/s   ", $0) }
    let columns = [
      name.padding(toLength: 30, withPad: " ", startingAt: 0),
      String(format: "%10.3f ms", seconds * 1e3),
      rate ?? String(repeating: " ", count: 16),
      fractionOfPeak.map { String(format: "%4.0f %%", $0 * 100) } ?? "      ",
      String(format: "%6d MB", peakBytes / 1_000_000),
      comparison?.text ?? "",
    ]
    let operations = operationTimes?.kinds.map(\.line) ?? []
    return ([columns.joined(separator: "  ")] + operations).joined(separator: "\n")
  }
}

/// The times of a peer's ways of doing the same.
struct Comparison {
  let peer: Peer
  /// Median seconds of each way.
  let seconds: [String: Double]
  /// The fastest way's time as a multiple of ours; nothing when the peer has no such work.
  let ratio: Double?

  var text: String {
    guard let ratio else { return "no \(peer.title) side" }
    let times = seconds.sorted { $0.key < $1.key }
      .map { String(format: "\($0.key) %.3f ms", $0.value * 1e3) }
    return "\(peer.title) \(times.joined(separator: ", ")): " + String(format: "%.2f", ratio)
      + " times ours"
  }
}
