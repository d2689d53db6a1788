import Foundation

/// One line of the result.
struct Result: Codable {
  let name: String
  /// Median seconds of a run.
  let seconds: Double
  /// `FLOP/s` or `B/s`.
  let unit: String
  /// Work a second, in that unit.
  let rate: Double
  /// Part of the measured peak; more than 1 where operands that stay in a cache beat the memory.
  let share: Double

  init(_ benchmark: Benchmark, _ measurement: Measurement, _ peak: Peak) {
    name = benchmark.name
    seconds = measurement.seconds
    switch benchmark.work {
    case .operations(let count):
      unit = "FLOP/s"
      rate = count / seconds
      share = rate / peak.operationsPerSecond
    case .bytes(let count):
      unit = "B/s"
      rate = count / seconds
      share = rate / peak.bytesPerSecond
    }
  }

  /// The line of a table.
  var line: String {
    let columns = [
      name.padding(toLength: 30, withPad: " ", startingAt: 0),
      String(format: "%10.3f ms", seconds * 1e3),
      String(format: "%8.1f G", rate / 1e9)
        + unit.padding(toLength: 6, withPad: " ", startingAt: 0),
      String(format: "%4.0f %%", share * 100),
    ]
    return columns.joined(separator: "  ")
  }
}

/// A whole run, as JSON has it.
struct Report: Codable {
  let device: String
  let peak: Peak
  let results: [Result]

  /// Sorted keys, so that two reports can be compared line by line.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
