public import Checkpoints
import NeuralLayers
public import Tensors
public import VisionModels

/// The captioner of BLIP: a vision encoder, and a decoder that writes what it sees.
///
/// Source: Li et al., "BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language Understanding and
/// Generation", arXiv 2201.12086.
public struct BlipForConditionalGeneration: CaptioningModel {
  /// BERT's.
  public typealias Tokenizer = BertTokenizer

  /// How the network is built.
  public let configuration: BlipConfiguration
  /// What looks at images.
  public let visionModel: BlipVisionModel
  /// What writes words.
  public let textDecoder: BlipTextLMHeadModel

  /// Constant positions, and what the words' table and the last bias stand for once more.
  public static var ignoredTensors: [String] {
    [
      "embeddings.position_ids", "cls.predictions.decoder.weight", "cls.predictions.decoder.bias",
    ]
  }

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: BlipConfiguration) throws {
    self.configuration = configuration
    visionModel = try BlipVisionModel(p.vision_model, configuration.visionConfig)
    textDecoder = try BlipTextLMHeadModel(p.text_decoder, configuration.textConfig)
  }

  /// What the configuration says of images and texts.
  public static func limits(of configuration: BlipConfiguration) -> CaptioningLimits {
    let text = configuration.textConfig
    return CaptioningLimits(
      imageSize: configuration.visionConfig.imageSize, vocabulary: text.vocabSize,
      end: Int32(text.sepTokenId), longest: text.maxPositionEmbeddings)
  }

  /// Begins a caption for each image.
  ///
  /// - Parameter images: `[N, imageSize, imageSize, 3]`, as `BlipImageProcessor` makes them.
  public func decoding(_ images: Tensor) -> BlipDecoding {
    BlipDecoding(textDecoder, images: visionModel(images).lastHiddenState)
  }

  /// The tokens that a caption begins with.
  ///
  /// - Parameter prompt: A text as BERT's tokenizer makes it, from its first to its last special token; the one becomes
  ///   the decoder's own, the other is left out.
  public func opening(_ prompt: [Int32]) -> [Int32] {
    [Int32(configuration.textConfig.bosTokenId)] + prompt.dropFirst().dropLast()
  }

  /// All tokens: none stands for an image.
  public func words(of text: [Int32]) -> ArraySlice<Int32> { text[...] }
}
