/// What SDXL is told about an image's size, in pixels.
///
/// Source: Podell et al., "SDXL", arXiv 2307.01952, section 2.2.
public struct SizeConditioning: Sendable, Equatable {
  /// Size of the image before it was cropped and resized.
  public var original: (height: Int, width: Int)
  /// Where the crop begins.
  public var cropTop, cropLeft: Int
  /// Size that was asked for.
  public var target: (height: Int, width: Int)

  /// Describes an image; by default one of this size that was not cropped.
  public init(
    height: Int, width: Int, original: (height: Int, width: Int)? = nil, cropTop: Int = 0,
    cropLeft: Int = 0
  ) {
    self.original = original ?? (height, width)
    self.cropTop = cropTop
    self.cropLeft = cropLeft
    target = (height, width)
  }

  /// The six numbers in the order in which the network wants them.
  var timeIDs: [Float] {
    [original.height, original.width, cropTop, cropLeft, target.height, target.width].map(
      Float.init)
  }

  /// Two conditionings are equal when all six numbers are.
  public static func == (left: SizeConditioning, right: SizeConditioning) -> Bool {
    left.timeIDs == right.timeIDs
  }
}
