public import ImageFiles

/// Finds the objects of an image, each by itself.
public protocol InstanceSegmenter: Segmenter {
  /// Looks at an image.
  ///
  /// - Parameters:
  ///   - image: Of any size.
  ///   - threshold: How sure an object must be, from 0 to 1.
  /// - Returns: Its objects, the surest first; masks may overlap.
  /// - Throws: As ``Segmenter/scores(of:)``.
  func instances(of image: Image, threshold: Float) throws -> [Instance]
}
