public import ImageFiles

/// An object that a segmenter found in an image.
public struct FoundInstance: Sendable {
  /// The class's id.
  public let classID: Int
  /// How sure the segmenter is, high for sure.
  public let score: Double
  /// Its pixels.
  public let mask: RunLengthMask

  /// Collects what is known of the object.
  public init(classID: Int, score: Double, mask: RunLengthMask) {
    (self.classID, self.score, self.mask) = (classID, score, mask)
  }
}

/// An object that a dataset says is in an image.
public struct ExpectedInstance: Sendable {
  /// The class's id.
  public let classID: Int
  /// Its pixels.
  public let mask: RunLengthMask
  /// Its size in pixels, as the dataset has it.
  public let area: Double
  /// Whether it stands for many of its class, of which any number may be found.
  public let isCrowd: Bool

  /// Collects what is known of the object; without a size, it is that of the mask.
  public init(classID: Int, mask: RunLengthMask, area: Double? = nil, isCrowd: Bool = false) {
    (self.classID, self.mask, self.isCrowd) = (classID, mask, isCrowd)
    self.area = area ?? Double(mask.area)
  }
}
