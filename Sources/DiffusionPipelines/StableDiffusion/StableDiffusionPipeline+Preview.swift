public import ImageFiles
import Tensors

extension StableDiffusionPipeline {
  /// The images as they would be if the last step knew everything: blurred at first, sharp in the end.
  ///
  /// They are decoded as finished ones are, with any model's own colours, which takes as long as decoding does:
  /// about as long as a step. Its memory comes on top of that of the steps.
  ///
  /// - Parameters:
  ///   - progress: What the pipeline reports.
  ///   - tiled: Whether large images are decoded in tiles.
  /// - Returns: An image for each request, in order; none before the first step.
  /// - Throws: ``PipelineError`` for numbers that are not finite; what keeps the device from going on.
  public func preview(of progress: Progress, tiled: Bool = false) throws -> [Image] {
    guard let estimate = progress.estimate else { return [] }
    return try (0..<estimate.shape[0]).map {
      try image(of: estimate.samples($0..<$0 + 1), tiled: tiled)
    }
  }
}
