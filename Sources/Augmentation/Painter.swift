public import DiffusionPipelines
public import ImageFiles

/// Something that paints pictures along outlines: a diffusion pipeline with an adapter.
public protocol Painter: Sendable {
  /// What both sides of a picture must be multiples of, in pixels.
  var sizeMultiple: Int { get }

  /// What paints, such as `CPU (AVX-512 with bf16)`; the ledger has it beside every picture.
  ///
  /// Painters of one identity and the same models paint the same bits, those of another may round differently.
  var identity: String { get }

  /// What else its pictures depend on, as it knows it from the models that it has loaded.
  var traits: PainterTraits { get }

  /// Paints a batch of pictures of one size.
  ///
  /// A picture must not depend on the batch that it is painted in.
  ///
  /// - Parameters:
  ///   - requests: What to paint; each has a guide of its own size.
  ///   - settings: How to paint.
  ///   - progress: Called after each step with the number of steps done and of all. What it throws
  ///     ends the painting.
  /// - Returns: The pictures in the order of the requests, RGB, of the requests' size.
  /// - Throws: Also when a picture came out constant or not as numbers: nothing like that is saved.
  func paint(
    _ requests: [PictureRequest], _ settings: SamplingSettings,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [Image]
}
