import NeuralLayers
import VisionModels

/// The published models.
extension CLIPConfiguration {
  /// OpenAI's CLIP ViT-B/32, `openai/clip-vit-base-patch32`: the one of CLIPScore.
  public static var vitB32: CLIPConfiguration {
    var configuration = CLIPConfiguration()
    configuration.textConfig.eosTokenId = 2
    return configuration
  }

  /// OpenAI's CLIP ViT-B/16, `openai/clip-vit-base-patch16`.
  public static var vitB16: CLIPConfiguration {
    var configuration = vitB32
    configuration.visionConfig.patchSize = 16
    return configuration
  }

  /// OpenAI's CLIP ViT-L/14, `openai/clip-vit-large-patch14`.
  public static var vitL14: CLIPConfiguration {
    var configuration = CLIPConfiguration(.vitL, .vitL14, projectionDim: 768)
    // The file gives the parts' options twice, and the second list leaves the end of text out.
    configuration.textConfig.eosTokenId = CLIPTextConfiguration().eosTokenId
    return configuration
  }

  /// OpenCLIP ViT-H/14, `laion/CLIP-ViT-H-14-laion2B-s32B-b79K`.
  public static var openCLIPH14: CLIPConfiguration {
    var configuration = CLIPConfiguration(.openCLIPH, .openCLIPH14, projectionDim: 1024)
    configuration.textConfig.numHiddenLayers = 24
    configuration.textConfig.projectionDim = 1024
    return configuration
  }

  /// OpenCLIP ViT-bigG/14, `laion/CLIP-ViT-bigG-14-laion2B-39B-b160k`.
  public static var bigG14: CLIPConfiguration {
    CLIPConfiguration(.bigG, .bigG14, projectionDim: 1280)
  }

  /// Puts two encoders together.
  private init(
    _ text: CLIPTextConfiguration, _ vision: CLIPVisionConfiguration, projectionDim: Int
  ) {
    self.init()
    (textConfig, visionConfig, self.projectionDim) = (text, vision, projectionDim)
    // Parts of a whole model name no architecture of their own.
    textConfig.architectures = [.textModel]
    visionConfig.architectures = [.visionModel]
  }
}
