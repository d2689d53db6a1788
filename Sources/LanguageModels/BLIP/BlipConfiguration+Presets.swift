import VisionModels

/// The published captioners.
extension BlipConfiguration {
  /// `Salesforce/blip-image-captioning-base`.
  public static var base: BlipConfiguration {
    var configuration = BlipConfiguration()
    configuration.textConfig.numAttentionHeads = 12
    return configuration
  }

  /// `Salesforce/blip-image-captioning-large`.
  public static var large: BlipConfiguration {
    var configuration = base
    configuration.visionConfig.hiddenSize = 1024
    configuration.visionConfig.intermediateSize = 4096
    configuration.visionConfig.numHiddenLayers = 24
    configuration.visionConfig.numAttentionHeads = 16
    configuration.textConfig.encoderHiddenSize = 1024
    return configuration
  }
}
