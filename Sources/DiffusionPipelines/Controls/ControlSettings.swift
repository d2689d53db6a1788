/// How one control takes part in a batch.
public struct ControlSettings: Sendable, Equatable, Codable {
  /// What the control adds is multiplied by this.
  public var scale: Float
  /// The steps in which it takes part.
  public var steps: StepRange
  /// Whether a ControlNet steers the prompt's half of guidance alone, more from skip to skip, as diffusers'
  /// `guess_mode`; other controls do not know this. nil stands for no, so that it is not among the settings of runs
  /// that do not use it.
  public var guessMode: Bool?

  /// Collects the settings, by default those of diffusers: all of it, in every step.
  public init(scale: Float = 1, steps: StepRange = StepRange(), guessMode: Bool = false) {
    self.scale = scale
    self.steps = steps
    self.guessMode = guessMode ? true : nil
  }
}
