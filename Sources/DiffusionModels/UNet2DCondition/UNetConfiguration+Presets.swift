import Checkpoints

/// The published networks.
extension UNetConfiguration {
  /// Stable Diffusion 1.5, `stable-diffusion-v1-5/stable-diffusion-v1-5`, `unet`.
  public static var sd15: UNetConfiguration {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 64
    configuration.crossAttentionDim = PerBlock(768)
    return configuration
  }

  /// Stable Diffusion 1.5 for inpainting, `stable-diffusion-v1-5/stable-diffusion-inpainting`, `unet`: it reads a mask and
  /// the latents of a masked image behind the latents.
  public static var sd15Inpainting: UNetConfiguration {
    var configuration = sd15
    configuration.inChannels = 9
    return configuration
  }

  /// Stable Diffusion 1.4 with gated self-attention to boxes, `masterful/gligen-1-4-generation-text-box`, `unet`.
  public static var gligen: UNetConfiguration {
    var configuration = sd15
    configuration.attentionType = .gated
    return configuration
  }

  /// Stable Diffusion 2.1, `stabilityai/stable-diffusion-2-1`, `unet`.
  public static var sd21: UNetConfiguration {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 96
    configuration.crossAttentionDim = PerBlock(1024)
    configuration.attentionHeadDim = PerBlock([5, 10, 20, 20])
    configuration.useLinearProjection = true
    return configuration
  }

  /// Stable Diffusion XL, `stabilityai/stable-diffusion-xl-base-1.0`, `unet`.
  public static var sdxl: UNetConfiguration {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 128
    configuration.downBlockTypes = [.down, .crossAttention, .crossAttention]
    configuration.upBlockTypes = [.crossAttention, .crossAttention, .up]
    configuration.blockOutChannels = [320, 640, 1280]
    configuration.crossAttentionDim = PerBlock(2048)
    configuration.transformerLayersPerBlock = PerBlock([1, 2, 10].map { PerBlock($0) })
    configuration.attentionHeadDim = PerBlock([5, 10, 20])
    configuration.useLinearProjection = true
    configuration.additionEmbedType = .textTime
    configuration.additionTimeEmbedDim = 256
    configuration.projectionClassEmbeddingsInputDim = 2816
    return configuration
  }
}
