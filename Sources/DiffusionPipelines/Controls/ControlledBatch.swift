public import DiffusionModels
public import Tensors

/// What a control network is told of a batch once, for all of its steps.
public struct ControlledBatch: Sendable {
  /// A control image for each image, of its size, `[N, height, width, imageChannels]`, 0 … 1.
  public let images: Tensor
  /// Hidden states of the prompts' tokens, `[B · N, L, C]`: those of all images once for each branch of guidance, of
  /// which the last one is the prompt itself.
  public let prompts: Tensor
  /// What SDXL is told besides, for `B · N` samples.
  public let added: AddedConditions?

  /// Samples that the UNet sees, `B · N`.
  var samples: Int { prompts.shape[0] }

  /// The samples of the prompt itself, the last `N`.
  var prompted: Range<Int> { samples - images.shape[0]..<samples }
}
