public import Checkpoints
import Foundation
public import ImageFiles
public import LanguageModels
import NeuralLayers
public import Tensors
import VisionModels

/// Captions written by a network of transformers: BLIP, or BLIP-2 with OPT.
///
/// The texts are those of transformers' `generate` for the same settings, without white space around them.
public struct ModelCaptioner<Model: CaptioningModel>: LoadableCaptioner {
  private let model: Model
  private let processor: BlipImageProcessor
  private let tokenizer: Model.Tokenizer
  private let generator: TextGenerator
  private let opening: [Int32]
  private let device: Device

  /// Loads the network, its tokenizer and how images are prepared.
  public init(
    _ folder: ModelFolder, on device: Device, precision: ProductPrecision, options: CaptionOptions
  ) throws {
    let limits = Model.limits(of: try Model.Configuration(folder))
    // What is small is looked at first: loading the network takes long.
    processor = try BlipImageProcessor(folder, imageSize: limits.imageSize)
    tokenizer = try Model.Tokenizer(folder: folder.url)
    try requireFit(folder, tokenizer: tokenizer.largestID, vocabulary: limits.vocabulary)
    generator = TextGenerator(options.generation, end: limits.end, longest: limits.longest)
    model = try Model(folder: folder, device: device, precision: precision)
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
      tokenizer.decode(model.words(of: $0)).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
