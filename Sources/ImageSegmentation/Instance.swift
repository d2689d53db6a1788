public import ImageFiles

/// An object in an image.
public struct Instance: Sendable {
  /// The class's id, as the segmenter counts.
  public let classID: Int
  /// How sure the segmenter is, from 0 to 1.
  public let score: Float
  /// The object's pixels.
  public let mask: RunLengthMask

  /// Collects what is known of the object.
  public init(classID: Int, score: Float, mask: RunLengthMask) {
    (self.classID, self.score, self.mask) = (classID, score, mask)
  }
}
