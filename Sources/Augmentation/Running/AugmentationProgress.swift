/// How far a run is.
public struct AugmentationProgress: Sendable, Equatable {
  /// The image that is being painted, the first of a batch, or was just finished: its stem.
  public let name: String
  /// The words for that image's classes.
  public let classes: [String]
  /// Finished images, those of earlier runs included.
  public let images: Int
  /// Images in the plan.
  public let imagesInAll: Int
  /// Steps done on the images now being painted.
  public let step: Int
  /// Steps an image.
  public let steps: Int
  /// The time since the first image was begun, in seconds.
  public let secondsElapsed: Double
  /// The time that an image takes at the speed so far, in seconds; nil before the second step.
  public let secondsPerImage: Double?
  /// The time that the rest will take at that speed, in seconds; nil before the second step.
  public let secondsLeft: Double?
}
