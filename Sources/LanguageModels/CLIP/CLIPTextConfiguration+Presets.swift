import NeuralLayers

/// The published text encoders.
extension CLIPTextConfiguration {
  /// OpenAI's CLIP ViT-L/14: `stable-diffusion-v1-5/stable-diffusion-v1-5`, `text_encoder`, and
  /// `stabilityai/stable-diffusion-xl-base-1.0`, `text_encoder`.
  public static var vitL: CLIPTextConfiguration {
    var configuration = CLIPTextConfiguration()
    configuration.hiddenSize = 768
    configuration.intermediateSize = 3072
    configuration.projectionDim = 768
    configuration.numAttentionHeads = 12
    configuration.eosTokenId = 2
    return configuration
  }

  /// OpenCLIP ViT-H/14 without its last layer: `stabilityai/stable-diffusion-2-1`, `text_encoder`.
  public static var openCLIPH: CLIPTextConfiguration {
    var configuration = CLIPTextConfiguration()
    configuration.hiddenSize = 1024
    configuration.intermediateSize = 4096
    configuration.numHiddenLayers = 23
    configuration.numAttentionHeads = 16
    configuration.hiddenAct = .gelu
    configuration.eosTokenId = 2
    return configuration
  }

  /// OpenCLIP ViT-bigG/14: `stabilityai/stable-diffusion-xl-base-1.0`, `text_encoder_2`.
  public static var bigG: CLIPTextConfiguration {
    var configuration = CLIPTextConfiguration()
    configuration.architectures = [.withProjection]
    configuration.hiddenSize = 1280
    configuration.intermediateSize = 5120
    configuration.projectionDim = 1280
    configuration.numHiddenLayers = 32
    configuration.numAttentionHeads = 20
    configuration.hiddenAct = .gelu
    configuration.eosTokenId = 2
    return configuration
  }
}
