import NeuralLayers

/// The published vision encoders.
extension CLIPVisionConfiguration {
  /// OpenAI's CLIP ViT-B/32: the vision part of `openai/clip-vit-base-patch32`.
  public static var vitB32: CLIPVisionConfiguration {
    var configuration = CLIPVisionConfiguration()
    configuration.architectures = [.withProjection]
    return configuration
  }

  /// OpenAI's CLIP ViT-B/16: the vision part of `openai/clip-vit-base-patch16`.
  public static var vitB16: CLIPVisionConfiguration {
    var configuration = vitB32
    configuration.patchSize = 16
    return configuration
  }

  /// OpenAI's CLIP ViT-L/14: the vision part of `openai/clip-vit-large-patch14`.
  public static var vitL14: CLIPVisionConfiguration {
    var configuration = vitB32
    configuration.patchSize = 14
    configuration.hiddenSize = 1024
    configuration.intermediateSize = 4096
    configuration.projectionDim = 768
    configuration.numHiddenLayers = 24
    configuration.numAttentionHeads = 16
    return configuration
  }

  /// OpenCLIP ViT-H/14: `h94/IP-Adapter`, `models/image_encoder`.
  public static var openCLIPH14: CLIPVisionConfiguration {
    var configuration = vitL14
    configuration.hiddenSize = 1280
    configuration.intermediateSize = 5120
    configuration.projectionDim = 1024
    configuration.numHiddenLayers = 32
    configuration.hiddenAct = .gelu
    return configuration
  }

  /// OpenCLIP ViT-bigG/14: `h94/IP-Adapter`, `sdxl_models/image_encoder`.
  public static var bigG14: CLIPVisionConfiguration {
    var configuration = openCLIPH14
    configuration.hiddenSize = 1664
    configuration.intermediateSize = 8192
    configuration.projectionDim = 1280
    configuration.numHiddenLayers = 48
    return configuration
  }
}
