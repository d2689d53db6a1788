public import Tensors

/// All that a UNet is told besides the latents and the time.
public struct UNetConditions: Sendable {
  /// The prompt, from ``UNet2DConditionModel/project(encoderHiddenStates:)``.
  public var context: PromptContext
  /// What SDXL wants besides; ignored by the others.
  public var added: AddedConditions?
  /// What other networks add to the feature maps.
  public var residuals = UNetResiduals()
  /// Further channels of the input, behind the latents', `[N, H, W, C]`: an inpainting model's mask and
  /// masked image. With fewer samples than the latents it is repeated for all halves of the batch.
  public var channels: Tensor?

  /// Collects the conditions of a batch.
  public init(_ context: PromptContext, added: AddedConditions? = nil) {
    self.context = context
    self.added = added
  }
}
