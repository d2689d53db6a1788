import Foundation

extension Profile {
  /// The calls of one kind of operation.
  struct Line: Encodable {
    let operation: String
    let shape: String?
    let precision: String?
    let count: Int
    let seconds: Double
    /// Part of the run.
    let share: Double
    /// Part of the measured peak, of products or of copies.
    let fractionOfPeak: Double?

    /// The line of a table.
    var text: String {
      let name = [operation, shape, precision].compactMap(\.self).joined(separator: " ")
      return "  " + name.padding(toLength: 46, withPad: " ", startingAt: 0)
        + String(format: "  %6d times  %10.3f ms  %5.1f %%", count, seconds * 1e3, share * 100)
        + (fractionOfPeak.map { String(format: "  %4.0f %% of peak", $0 * 100) } ?? "")
    }
  }

  /// The table, and how much of the run it explains.
  var text: String {
    let total = String(
      format: "  %.1f %% of the %.3f ms of this run", accounted * 100, seconds * 1e3)
    return (lines.map(\.text) + [total]).joined(separator: "\n")
  }
}
