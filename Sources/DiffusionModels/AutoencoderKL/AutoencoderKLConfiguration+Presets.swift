import Checkpoints

/// The published autoencoders.
extension AutoencoderKLConfiguration {
  /// Stable Diffusion 1.x, `stable-diffusion-v1-5/stable-diffusion-v1-5`, `vae`.
  public static var sd: AutoencoderKLConfiguration {
    var configuration = AutoencoderKLConfiguration()
    configuration.downBlockTypes = [.downEncoder, .downEncoder, .downEncoder, .downEncoder]
    configuration.upBlockTypes = [.upDecoder, .upDecoder, .upDecoder, .upDecoder]
    configuration.blockOutChannels = [128, 256, 512, 512]
    configuration.layersPerBlock = 2
    configuration.sampleSize = 512
    return configuration
  }

  /// Stable Diffusion XL, `stabilityai/stable-diffusion-xl-base-1.0`, `vae`.
  public static var sdxl: AutoencoderKLConfiguration {
    var configuration = sd
    configuration.sampleSize = 1024
    configuration.scalingFactor = 0.13025
    return configuration
  }
}
