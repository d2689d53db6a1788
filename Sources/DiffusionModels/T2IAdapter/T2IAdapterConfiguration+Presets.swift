/// The published adapters.
extension T2IAdapterConfiguration {
  /// For Stable Diffusion 1.5, of grey images: `TencentARC/t2iadapter_canny_sd15v2` and
  /// `TencentARC/t2iadapter_sketch_sd15v2`.
  public static var sd15: T2IAdapterConfiguration {
    var configuration = T2IAdapterConfiguration()
    configuration.inChannels = 1
    return configuration
  }

  /// For Stable Diffusion XL: `TencentARC/t2i-adapter-lineart-sdxl-1.0`.
  public static var sdxl: T2IAdapterConfiguration {
    var configuration = T2IAdapterConfiguration()
    configuration.downscaleFactor = 16
    configuration.adapterType = .fullXL
    return configuration
  }

  /// For Stable Diffusion 1.4, of colours: `TencentARC/t2iadapter_color_sd14v1`.
  public static var sd14Light: T2IAdapterConfiguration {
    var configuration = T2IAdapterConfiguration()
    configuration.channels = [320, 640, 1280]
    configuration.numResBlocks = 4
    configuration.adapterType = .light
    return configuration
  }
}
