/// How long one run takes.
struct Measurement {
  /// Seconds of a run: the median of the samples.
  let seconds: Double
  /// Seconds of a run in the fastest sample: what the machine does when nothing else runs on it.
  let fastest: Double

  /// Times a closure, after one run that is not counted.
  ///
  /// - Parameters:
  ///   - samples: Number of samples. Short runs are repeated to fill a sample of 20 ms, so that the
  ///     clock does not count.
  ///   - body: One run.
  init(samples: Int, of body: () -> Void) {
    let first = Self.seconds(of: body)
    let runs = max(1, Int(0.02 / max(Self.seconds(of: body), 1e-9)))
    // A run of minutes is worth no repetition.
    let times = (0..<(first > 60 ? 1 : samples)).map { _ in
      Self.seconds { for _ in 0..<runs { body() } } / Double(runs)
    }.sorted()
    seconds = times[times.count / 2]
    fastest = times[0]
  }

  private static func seconds(of body: () -> Void) -> Double {
    let duration = ContinuousClock().measure(body).components
    return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
  }
}
