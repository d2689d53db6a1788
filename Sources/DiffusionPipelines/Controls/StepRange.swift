/// Part of a run's steps, as shares of all of them.
public struct StepRange: Sendable, Equatable, Codable {
  /// Where it begins, 0 … 1.
  public var start: Float
  /// Where it ends, 0 … 1.
  public var end: Float

  /// Names a part, by default the whole run.
  public init(start: Float = 0, end: Float = 1) {
    self.start = start
    self.end = end
  }

  /// Whether a step lies in the part as a whole: diffusers' rule for `control_guidance_start` and `…_end`.
  ///
  /// - Parameters:
  ///   - step: Counted from 0.
  ///   - steps: All steps of the run.
  public func contains(_ step: Int, of steps: Int) -> Bool {
    Float(step) / Float(steps) >= start && Float(step + 1) / Float(steps) <= end
  }
}
