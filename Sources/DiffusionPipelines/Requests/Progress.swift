public import Tensors

extension StableDiffusionPipeline {
  /// How far a batch has come.
  public struct Progress: Sendable {
    /// What is done and what is next.
    public enum Stage: Sendable, Equatable {
      /// So many steps are done.
      case step(Int, of: Int)
      /// The latents are done; the images are being decoded.
      case decoding
    }

    /// What is done and what is next.
    public let stage: Stage
    /// What the latents will become as far as the last step can tell, `[N, h, w, C]` of unit variance on the
    /// pipeline's device; nil before the first step. ``StableDiffusionPipeline/preview(of:tiled:)`` shows it.
    ///
    /// It takes no time, and memory only for as long as it is kept.
    public let estimate: Tensor?

    init(_ stage: Stage, estimate: Tensor?) {
      self.stage = stage
      self.estimate = estimate
    }
  }
}
