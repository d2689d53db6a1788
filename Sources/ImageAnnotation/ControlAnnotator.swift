public import ImageFiles

/// Draws the control image of an image: what a model is shown, so that its image keeps to the image.
///
/// What makes something else of an image (words, a label image, instances) gets a protocol of its own
/// beside this one.
public protocol ControlAnnotator: Sendable {
  /// Draws the control image of `image`.
  ///
  /// - Parameter image: Grey or RGB, 8 bits a channel.
  /// - Returns: One channel, or three where colours mean something, of the same size. Outlines are white on
  ///   black.
  func callAsFunction(_ image: Image) throws -> Image
}
