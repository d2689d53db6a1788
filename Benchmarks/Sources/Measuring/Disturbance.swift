import Foundation

/// What others did on the machine while something was measured.
struct Disturbance {
  /// Processors that were busy for others, in the mean.
  let processors: Double
  /// Whether that is enough to make a difference: a twentieth of the machine.
  let matters: Bool

  /// Begins to watch.
  struct Watch {
    private let start = ContinuousClock.now
    private let before = ProcessorTime.ofMachine

    /// What others did until now; nil where the system does not say.
    ///
    /// - Parameter ours: Processor seconds of what is being measured since the watch began.
    func end(ours: Double) -> Disturbance? {
      guard let before, let after = ProcessorTime.ofMachine else { return nil }
      return Disturbance(
        busy: after - before - ours, of: (ContinuousClock.now - start) / .seconds(1),
        machine: ProcessInfo.processInfo.processorCount)
    }
  }

  /// - Parameters:
  ///   - busy: Processor seconds of others, which the system counts in hundredths for each processor.
  ///   - seconds: How long it was watched.
  ///   - machine: How many processors there are.
  init(busy: Double, of seconds: Double, machine: Int) {
    processors = max(0, busy / max(seconds, 1e-9))
    matters = busy - 0.02 * Double(machine) > 0.05 * Double(machine) * seconds
  }
}
