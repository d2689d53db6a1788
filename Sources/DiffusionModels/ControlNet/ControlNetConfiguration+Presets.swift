import Checkpoints

/// The published networks.
extension ControlNetConfiguration {
  /// For Stable Diffusion 1.5: `lllyasviel/control_v11p_sd15_canny` and its siblings.
  public static var sd15: ControlNetConfiguration { ControlNetConfiguration(encoder: .sd15) }

  /// For Stable Diffusion 2.1: `thibaud/controlnet-sd21-canny-diffusers`.
  public static var sd21: ControlNetConfiguration { ControlNetConfiguration(encoder: .sd21) }

  /// For Stable Diffusion XL: `diffusers/controlnet-canny-sdxl-1.0`.
  public static var sdxl: ControlNetConfiguration { ControlNetConfiguration(encoder: .sdxl) }

  /// A network for a UNet, with the defaults in all else.
  ///
  /// - Parameter unet: The UNet's configuration, of which the way down counts.
  public init(encoder unet: UNetConfiguration) {
    self.init()
    encoder = unet
    encoder.sampleSize = nil
    encoder.upBlockTypes = unet.downBlockTypes.map { _ in .up }
    encoder.reverseTransformerLayersPerBlock = nil
    encoder.attentionType = .plain
  }
}
