/// How far a run is.
public struct AugmentationProgress: Sendable, Equatable {
  /// The picture that is being painted, the first of a batch, or was just finished: its stem.
  public let name: String
  /// The words for that picture's classes.
  public let classes: [String]
  /// Finished pictures, those of earlier runs included.
  public let images: Int
  /// Pictures in the plan.
  public let imagesInAll: Int
  /// Steps done on the pictures now being painted.
  public let step: Int
  /// Steps a picture.
  public let steps: Int
  /// The time since the first picture was begun, in seconds.
  public let secondsElapsed: Double
  /// The time that a picture takes at the speed so far, in seconds; nil before the second step.
  public let secondsPerImage: Double?
  /// The time that the rest will take at that speed, in seconds; nil before the second step.
  public let secondsLeft: Double?
}
