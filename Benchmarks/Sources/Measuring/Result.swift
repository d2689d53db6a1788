import Foundation
import Tensors

/// What came out of one benchmark.
struct Result {
  let name: String
  let precision: ProductPrecision
  /// The backend's own name: threads and instruction level.
  let device: String
  /// Medians of runs.
  let time: Timing
  /// Floating-point operations of a run; nothing where memory or files are the work.
  var operations: Int?
  /// Bytes read and written in a run, where memory is the work.
  var bytes: Int?
  /// Part of the measured peak; more than 1 where Winograd's form saves products or a cache holds the
  /// operands.
  var fractionOfPeak: Double?
  /// Largest memory of all device allocations together, preparation included.
  let peakBytes: Int
  /// Where the time of one run went, when that was asked for.
  var profile: Profile?
  /// How others did, when they were asked.
  var comparison: Comparison?
  /// Whether others had so much of the machine meanwhile that times are longer than they need be; nil
  /// where the system does not say.
  var isBusy: Bool?

  var gflops: Double? { operations.map { Double($0) / time.seconds / 1e9 } }
  var gigabytesPerSecond: Double? { bytes.map { Double($0) / time.seconds / 1e9 } }

  /// The line of a table.
  var line: String {
    let rate =
      gflops.map { String(format: "%8.1f GFLOP/s", $0) }
      ?? gigabytesPerSecond.map { String(format: "%8.1f GB/s   ", $0) }
    let columns = [
      name.padding(toLength: 30, withPad: " ", startingAt: 0),
      String(format: "%10.3f ms", time.seconds * 1e3),
      String(format: "%10.3f ms of processors", time.processorSeconds * 1e3),
      rate ?? String(repeating: " ", count: 16),
      fractionOfPeak.map { String(format: "%4.0f %%", $0 * 100) } ?? "      ",
      String(format: "%6d MB", peakBytes / 1_000_000),
      isBusy == true ? "busy" : "    ",
      comparison?.text ?? "",
    ]
    return [columns.joined(separator: "  "), profile?.text].compactMap(\.self)
      .joined(separator: "\n")
  }
}
