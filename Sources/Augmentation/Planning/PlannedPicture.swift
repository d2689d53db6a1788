/// A picture that a run is to make.
public struct PlannedPicture: Sendable, Equatable {
  /// The index of its source in the plan.
  public let source: Int
  /// Which repainting of that source it is, from 1.
  public let copy: Int
  /// `<stem>_<copy>`, the name of picture and mask without extension.
  public let name: String
  /// The words for its source's classes, in ascending order of their ids.
  public let classes: [String]
  /// What the model is asked for.
  public let prompt: String
  /// The seed of its noise.
  public let seed: UInt64
}
