public import ImageFiles

/// Something that draws the outlines of a picture, white on black.
public protocol PriorDetector: Sendable {
  /// Draws the outlines of `image`.
  ///
  /// - Parameter image: Grey or RGB, 8 bits a channel.
  /// - Returns: One channel of the same size, 0 where nothing is and 255 on the strongest outline.
  func callAsFunction(_ image: Image) throws -> Image
}
