public import ImageFiles

/// One picture to paint.
public struct PaintingRequest: Sendable, Equatable {
  /// What to paint.
  public let prompt: String
  /// The seed of the noise that painting starts from.
  public let seed: UInt64
  /// White outlines on black in three equal channels, at the size to paint.
  public let guide: Image
}

/// Something that paints pictures along outlines: a diffusion pipeline with an adapter.
public protocol Painter: Sendable {
  /// What both sides of a picture must be multiples of, in pixels.
  var sizeMultiple: Int { get }

  /// Paints a batch of pictures of one size.
  ///
  /// A picture must not depend on the batch that it is painted in.
  ///
  /// - Parameters:
  ///   - requests: What to paint; all guides have one size.
  ///   - settings: How to paint.
  ///   - progress: Called after each step with the number of steps done and of all. What it throws
  ///     ends the painting.
  /// - Returns: The pictures in the order of the requests, RGB, of the guides' size.
  /// - Throws: Also when a picture came out constant or not as numbers: nothing like that is saved.
  func paint(
    _ requests: [PaintingRequest], settings: PaintingSettings,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [Image]
}

/// What a run paints with.
public struct Studio: Sendable {
  /// Paints the pictures.
  public let painter: any Painter
  /// Draws the outlines; nil when label edges are the prior.
  public let detector: (any PriorDetector)?

  /// Puts together what a run paints with.
  public init(painter: any Painter, detector: (any PriorDetector)?) {
    self.painter = painter
    self.detector = detector
  }
}
