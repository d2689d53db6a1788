public import ImageFiles

/// Everything that one image depends on, besides the model.
public struct ImageRequest: Sendable {
  /// What to paint.
  public var prompt: String
  /// What to avoid; nil for the model's own idea of an empty prompt, which is zeros for SDXL.
  public var negativePrompt: String?
  /// Width in pixels, a multiple of ``StableDiffusionPipeline/sizeMultiple``.
  public var width: Int
  /// Height in pixels, a multiple of ``StableDiffusionPipeline/sizeMultiple``.
  public var height: Int
  /// Number of the noise, as in `torch.Generator('cpu').manual_seed(seed)`.
  public var seed: UInt64
  /// What each of the pipeline's control networks sees, in their order, such as white lines on black; of
  /// any size, they are resized.
  public var controlImages: [Image]
  /// What is shown to a model with an IP-Adapter beside the words; of any sizes.
  public var imagePrompts: [Image]
  /// What shall be in boxes, for a model that takes them; at most 30.
  public var objects: [BoxedObject]
  /// What the run begins at where ``SamplingSettings/start`` says so, and what is kept outside the mask; of any
  /// size, it is resized.
  public var image: Image?
  /// What of the image is repainted: what is white, from the middle grey on. Of any size, it is resized.
  public var mask: Image?
  /// Noise to start from instead of the seed's: `[1, channels, height/f, width/f]`, channels first,
  /// of variance 1 as diffusers' `latents` argument.
  public var initialLatents: LatentArray?
  /// SDXL: what the network is told about the size and crop of its image.
  public var sizeConditioning: SizeConditioning?
  /// SDXL: the same for the negative prompt; nil for the prompt's own.
  public var negativeSizeConditioning: SizeConditioning?

  /// Describes an image.
  public init(
    prompt: String, negativePrompt: String? = nil, width: Int, height: Int, seed: UInt64 = 0,
    image: Image? = nil, mask: Image? = nil,
    controlImages: [Image] = [], imagePrompts: [Image] = [],
    objects: [BoxedObject] = [], initialLatents: LatentArray? = nil,
    sizeConditioning: SizeConditioning? = nil, negativeSizeConditioning: SizeConditioning? = nil
  ) {
    self.prompt = prompt
    self.negativePrompt = negativePrompt
    self.width = width
    self.height = height
    self.seed = seed
    self.image = image
    self.mask = mask
    self.controlImages = controlImages
    self.imagePrompts = imagePrompts
    self.objects = objects
    self.initialLatents = initialLatents
    self.sizeConditioning = sizeConditioning
    self.negativeSizeConditioning = negativeSizeConditioning
  }
}
