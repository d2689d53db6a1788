/// How one control takes part in a batch.
public struct ControlSettings: Sendable, Equatable, Codable {
  /// What the control adds is multiplied by this.
  public var scale: Float
  /// The steps in which it takes part.
  public var steps: StepRange

  /// Collects the settings, by default those of diffusers: all of it, in every step.
  public init(scale: Float = 1, steps: StepRange = StepRange()) {
    self.scale = scale
    self.steps = steps
  }
}
