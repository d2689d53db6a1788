public import DiffusionPipelines
public import ImageFiles

/// Something that paints images along control images: a diffusion pipeline with control networks.
public protocol ImageGenerator: Sendable {
  /// What both sides of an image must be multiples of, in pixels.
  var sizeMultiple: Int { get }

  /// What paints, such as `CPU (AVX-512 with bf16)`; the ledger has it beside every image.
  ///
  /// Painters of one identity and the same models paint the same bits, those of another may round differently.
  var identity: String { get }

  /// What else its images depend on, as it knows it from the models that it has loaded.
  var traits: GeneratorTraits { get }

  /// Paints a batch of images of one size.
  ///
  /// An image must not depend on the batch that it is painted in.
  ///
  /// - Parameters:
  ///   - requests: What to paint; each has control images of its own size.
  ///   - settings: How to paint.
  ///   - progress: Called after each step with the number of steps done and of all. What it throws
  ///     ends the painting.
  /// - Returns: The images in the order of the requests, RGB, of the requests' size.
  /// - Throws: Also when an image came out constant or not as numbers: nothing like that is saved.
  func paint(
    _ requests: [ImageRequest], _ settings: SamplingSettings,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [Image]
}
