/// Part of a run's steps, as shares of all of them, computed in double precision as Python does.
public struct StepRange: Sendable, Equatable, Codable {
  /// Where it begins, 0 … 1.
  public var start: Double
  /// Where it ends, 0 … 1.
  public var end: Double

  /// Names a part, by default the whole run.
  public init(start: Double = 0, end: Double = 1) {
    self.start = start
    self.end = end
  }

  /// Whether its shares are shares, the end not before the start.
  public var isWithinRun: Bool { 0 <= start && start <= end && end <= 1 }

  /// Whether a step lies in the part as a whole: diffusers' rule for `control_guidance_start` and `…_end`.
  ///
  /// - Parameters:
  ///   - step: Counted from 0.
  ///   - steps: All steps of the run.
  public func contains(_ step: Int, of steps: Int) -> Bool {
    Double(step) / Double(steps) >= start && Double(step + 1) / Double(steps) <= end
  }

  /// Whether a step is among the first ones that the end's share makes, rounded down, and not before the start:
  /// diffusers' rule for `adapter_conditioning_factor`. Of 100 steps 0.29 makes 28, since the product is a little
  /// less than 29.
  ///
  /// - Parameters:
  ///   - step: Counted from 0.
  ///   - steps: All steps of the run.
  public func countsIn(_ step: Int, of steps: Int) -> Bool {
    Double(step) / Double(steps) >= start && step < Int(Double(steps) * end)
  }
}
