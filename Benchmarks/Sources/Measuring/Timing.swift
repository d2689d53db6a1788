/// What a run took.
struct Timing {
  /// Seconds from its beginning to its end.
  var seconds: Double
  /// Seconds of all processors that worked for it, together.
  var processorSeconds: Double
  /// Runs of which these are the means.
  var runs = 1

  /// Of each kind the median, which need not be of the same run.
  static func median(_ timings: [Timing]) -> Timing {
    func median(_ kind: KeyPath<Timing, Double>) -> Double {
      timings.map { $0[keyPath: kind] }.sorted()[timings.count / 2]
    }
    return Timing(seconds: median(\.seconds), processorSeconds: median(\.processorSeconds))
  }
}

/// Times a closure that does the same several times over.
func timed(runs: Int, _ body: () throws -> Void) rethrows -> Timing {
  let before = ProcessorTime.ofProcess
  let seconds = try stopwatch(body)
  let after = ProcessorTime.ofProcess
  return Timing(
    seconds: seconds / Double(runs), processorSeconds: (after - before) / Double(runs), runs: runs)
}

/// Seconds that a closure takes.
func stopwatch(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}
