public import Checkpoints
public import NeuralLayers
public import Tensors
public import VisionModels

/// CLIP whole: both encoders, whose projected outputs lie near each other where an image shows what words say.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
/// arXiv 2103.00020.
public struct CLIPModel: PretrainedModel {
  /// How the network is built.
  public let configuration: CLIPConfiguration
  /// What reads words, with its projection.
  public let textModel: CLIPTextModel
  /// What looks at images, with its projection.
  public let visionModel: CLIPVisionModel
  /// The logarithm of what cosines are multiplied by, one number.
  public let logitScale: Tensor

  /// Constant positions, which older files carry along.
  public static var ignoredTensors: [String] { ["embeddings.position_ids"] }

  /// Reads the network: `text_model`, `vision_model`, their projections, and `logit_scale`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: CLIPConfiguration) throws {
    self.configuration = configuration
    textModel = try CLIPTextModel(p, configuration.projectedText)
    visionModel = try CLIPVisionModel(p, configuration.projectedVision)
    logitScale = try p.tensor("logit_scale", [])
  }

  /// Encodes images and words.
  ///
  /// - Parameters:
  ///   - tokens: Token ids of each text, as ``CLIPTextModel`` reads them.
  ///   - images: `[N, imageSize, imageSize, numChannels]`, as `CLIPImageProcessor` makes them.
  public func callAsFunction(_ tokens: [[Int]], _ images: Tensor) -> CLIPOutput {
    CLIPOutput(text: textModel(tokens), vision: visionModel(images), logitScale: logitScale)
  }
}
