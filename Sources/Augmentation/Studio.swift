public import ImageAnnotation

/// What a run paints with.
public struct Studio: Sendable {
  /// Paints the pictures.
  public let painter: any Painter
  /// Draws the outlines; nil when label edges are the prior.
  public let detector: (any ControlAnnotator)?

  /// Puts together what a run paints with.
  public init(painter: any Painter, detector: (any ControlAnnotator)?) {
    self.painter = painter
    self.detector = detector
  }
}
