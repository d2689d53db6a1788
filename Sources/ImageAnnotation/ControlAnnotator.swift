public import ImageFiles

/// Draws the control image of an image: what a model is shown, so that its image keeps to the image.
///
/// What makes something else of an image (words, a label image, instances) gets a protocol of its own
/// beside this one.
public protocol ControlAnnotator: Sendable {
  /// Whether a network draws, on a device that may be busy: then nothing is drawn while images are painted.
  var usesDevice: Bool { get }

  /// Draws the control image of `image`.
  ///
  /// - Parameter image: Grey or RGB, 8 bits a channel.
  /// - Returns: One channel, or three where colours mean something, of the same size. Outlines are white on
  ///   black.
  func callAsFunction(_ image: Image) throws -> Image

  /// Draws the control image of an image at another size, by the rules of controlnet_aux.
  ///
  /// - Parameters:
  ///   - image: Grey or RGB, 8 bits a channel.
  ///   - resolution: At which size the annotator looks at the image, and which size the control image has.
  /// - Throws: ``AnnotationError`` for more pixels than are drawn; what drawing throws.
  func callAsFunction(_ image: Image, at resolution: AnnotationResolution) throws -> Image
}

extension ControlAnnotator {
  /// Yes, unless a type says that it needs no more than a core.
  public var usesDevice: Bool { true }

  /// Draws at the one size, then goes to the other.
  public func callAsFunction(_ image: Image, at resolution: AnnotationResolution) throws -> Image {
    try resolution.enlarge(self(resolution.detectable(image)))
  }
}

/// An annotator whose last touch, such as thinning, belongs to a map that has its final size.
public protocol StagedAnnotator: ControlAnnotator {
  /// Draws a map of the image, of its size.
  func detect(_ image: Image) throws -> Image
  /// Makes the control image of a map, of its size.
  func finish(_ map: Image) -> Image
}

extension StagedAnnotator {
  /// Both stages at one size.
  public func callAsFunction(_ image: Image) throws -> Image { finish(try detect(image)) }

  /// Detects at the one size and finishes at the other.
  public func callAsFunction(_ image: Image, at resolution: AnnotationResolution) throws -> Image {
    finish(try resolution.enlarge(detect(resolution.detectable(image))))
  }
}
