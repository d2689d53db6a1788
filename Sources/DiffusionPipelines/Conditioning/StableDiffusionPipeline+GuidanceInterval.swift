import Faults

extension StableDiffusionPipeline {
  /// Makes sure that an interval of guidance is one, and that some step is guided.
  ///
  /// - Parameter steps: Those that are taken.
  func checkGuidanceInterval(_ settings: SamplingSettings, steps: Int) throws {
    guard let interval = settings.guidanceInterval else { return }
    try demand(
      interval.isWithinRun,
      "guidance from \(interval.start) to \(interval.end) of the steps; expected shares within 0 ... 1, the end not before "
        + "the start", .guidanceInterval)
    try demand(
      settings.usesGuidance,
      "guidance is limited to an interval of the steps, but a scale of \(settings.guidanceScale) leaves it out in all of "
        + "them; expected a scale above 1, or no interval", .guidanceScale, .guidanceInterval)
    try demand(
      (0..<steps).contains { interval.contains($0, of: steps) },
      "no step is guided: none of \(steps) lies as a whole between \(interval.start) and \(interval.end) of them; expected "
        + "a wider interval or, for no guidance at all, a scale of 1", .guidanceInterval,
      .guidanceScale)
  }
}
