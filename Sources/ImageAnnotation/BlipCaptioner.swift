public import Checkpoints
public import ImageFiles
import LanguageModels
import NeuralLayers
public import Tensors
import VisionModels

/// Captions written by BLIP.
///
/// Source: Li et al., "BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language Understanding and
/// Generation", arXiv 2201.12086; the texts are those of transformers' `BlipForConditionalGeneration`.
public struct BlipCaptioner: LoadableCaptioner {
  private let model: BlipForConditionalGeneration
  private let processor: BlipImageProcessor
  private let tokenizer: BertTokenizer
  private let generator: TextGenerator
  private let opening: [Int32]
  private let device: Device

  /// Loads the network, its tokenizer and how images are prepared.
  public init(
    _ folder: ModelFolder, on device: Device, precision: ProductPrecision, options: CaptionOptions
  ) throws {
    let configuration = try BlipConfiguration(folder)
    let text = configuration.textConfig
    // What is small is looked at first: loading the network takes long.
    processor = try BlipImageProcessor(
      folder, imageSize: configuration.visionConfig.imageSize)
    tokenizer = try BertTokenizer(folder: folder.url)
    try requireFit(folder, tokenizer: tokenizer.largestID, vocabulary: text.vocabSize)
    generator = TextGenerator(
      options.generation, end: Int32(text.sepTokenId), longest: text.maxPositionEmbeddings)
    model = try BlipForConditionalGeneration(
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
    return texts.map { tokenizer.decode($0) }
  }
}
