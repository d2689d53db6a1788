/// How far a run is.
public struct AugmentationProgress: Sendable, Equatable {
  /// Finished pictures, those of earlier runs included.
  public let images: Int
  /// Pictures in the plan.
  public let imagesInAll: Int
  /// Steps done on the pictures now being painted.
  public let step: Int
  /// Steps a picture.
  public let steps: Int
  /// The time that the rest will take at the speed so far, in seconds; nil before the first step.
  public let secondsLeft: Double?
}

/// Measures a run's speed in steps of single pictures.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let pictures: Int
  private let steps: Int

  /// Starts now, with so many pictures to paint, of so many steps each.
  init(pictures: Int, steps: Int) {
    self.pictures = pictures
    self.steps = steps
  }

  /// The seconds left when `painted` pictures are done and `batch` others have had `step` steps.
  func secondsLeft(painted: Int, batch: Int, step: Int) -> Double? {
    let done = painted * steps + batch * step
    guard done > 0 else { return nil }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return elapsed / Double(done) * Double(pictures * steps - done)
  }
}
