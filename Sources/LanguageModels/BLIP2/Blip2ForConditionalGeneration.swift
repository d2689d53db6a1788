public import Checkpoints
import NeuralLayers
public import Tensors
public import VisionModels

/// The captioner of BLIP-2: a vision encoder, queries that gather from it, and a language model that they stand before.
///
/// Source: Li et al., "BLIP-2: Bootstrapping Language-Image Pre-training with Frozen Image Encoders and Large Language
/// Models", arXiv 2301.12597.
public struct Blip2ForConditionalGeneration: CaptioningModel {
  /// GPT-2's, as OPT has it.
  public typealias Tokenizer = GPT2Tokenizer

  /// How the network is built.
  public let configuration: Blip2Configuration
  /// What looks at images.
  public let visionModel: BlipVisionModel
  /// What writes words.
  public let languageModel: OPTForCausalLM
  let queryTokens: Tensor
  let qformer: Blip2QFormerModel
  let projection: Linear

  /// What the words' table stands for once more.
  public static var ignoredTensors: [String] { ["lm_head.weight"] }

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: Blip2Configuration) throws {
    self.configuration = configuration
    let channels = configuration.qformerConfig.hiddenSize
    visionModel = try BlipVisionModel(p.vision_model, configuration.visionConfig)
    queryTokens = try p.tensor("query_tokens", [1, configuration.numQueryTokens, channels])
    qformer = try Blip2QFormerModel(p.qformer, configuration.qformerConfig)
    projection = try Linear(
      p.language_projection, from: channels, to: configuration.textConfig.hiddenSize)
    languageModel = try OPTForCausalLM(p.language_model, configuration.textConfig)
  }

  /// What the queries gather from images, after every layer, each `[N, numQueryTokens, …]`.
  ///
  /// - Parameter images: Tokens of the vision encoder, `[N, S, C]`.
  package func gather(_ images: Tensor) -> [Tensor] {
    qformer(queryTokens.repeated(samples: images.shape[0]), image: images)
  }

  /// What the configuration says of images and texts.
  public static func limits(of configuration: Blip2Configuration) -> CaptioningLimits {
    let text = configuration.textConfig
    return CaptioningLimits(
      imageSize: configuration.visionConfig.imageSize, vocabulary: text.vocabSize,
      end: Int32(text.eosTokenId), longest: text.maxPositionEmbeddings)
  }

  /// Begins a caption for each image.
  ///
  /// - Parameter images: `[N, imageSize, imageSize, 3]`, as `BlipImageProcessor` makes them.
  public func decoding(_ images: Tensor) -> OPTDecoding {
    let states = gather(visionModel(images).lastHiddenState)
    return OPTDecoding(languageModel, prefix: projection(states[states.count - 1]))
  }

  /// The tokens that a caption begins with: those that stand for the image, and the prompt's.
  ///
  /// - Parameter prompt: A text as GPT-2's tokenizer makes it.
  public func opening(_ prompt: [Int32]) -> [Int32] {
    let image = Int32(configuration.imageTokenIndex ?? configuration.textConfig.bosTokenId)
    let words = prompt.isEmpty ? [Int32(configuration.textConfig.bosTokenId)] : prompt
    return [Int32](repeating: image, count: configuration.numQueryTokens) + words
  }

  /// What is behind the tokens that stand for the image.
  public func words(of text: [Int32]) -> ArraySlice<Int32> {
    text.dropFirst(configuration.numQueryTokens)
  }
}
