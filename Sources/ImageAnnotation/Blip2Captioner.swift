public import Checkpoints
import Foundation
public import ImageFiles
import LanguageModels
import NeuralLayers
public import Tensors
import VisionModels

/// Captions written by BLIP-2 with OPT.
///
/// Source: Li et al., "BLIP-2: Bootstrapping Language-Image Pre-training with Frozen Image Encoders and Large Language
/// Models", arXiv 2301.12597; the texts are those of transformers' `Blip2ForConditionalGeneration`, without white space
/// around them.
public struct Blip2Captioner: LoadableCaptioner {
  private let model: Blip2ForConditionalGeneration
  private let processor: BlipImageProcessor
  private let tokenizer: GPT2Tokenizer
  private let generator: TextGenerator
  private let opening: [Int32]
  private let device: Device

  /// Loads the networks, their tokenizer and how images are prepared.
  public init(
    _ folder: ModelFolder, on device: Device, precision: ProductPrecision, options: CaptionOptions
  ) throws {
    let configuration = try Blip2Configuration(folder)
    let text = configuration.textConfig
    // What is small is looked at first: loading the networks takes long.
    processor = try BlipImageProcessor(
      folder, imageSize: configuration.visionConfig.imageSize)
    tokenizer = try GPT2Tokenizer(folder: folder.url)
    try requireFit(folder, tokenizer: tokenizer.largestID, vocabulary: text.vocabSize)
    generator = TextGenerator(
      options.generation, end: Int32(text.eosTokenId), longest: text.maxPositionEmbeddings)
    model = try Blip2ForConditionalGeneration(
      folder: folder, device: device, precision: precision)
    opening = model.opening(tokenizer(options.prompt))
    self.device = device
  }

  /// Describes images.
  public func callAsFunction(
    _ images: [Image], seeds: [UInt64], check: () throws -> Void
  ) throws -> [String] {
    let input = Tensor.stack(samples: images.map { processor($0, on: device) })
    let texts = try generator(
      behind: opening, by: model.decoding(input), seeds: seeds, check: check)
    try device.check()
    return texts.map {
      tokenizer.decode($0.dropFirst(model.configuration.numQueryTokens))
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
