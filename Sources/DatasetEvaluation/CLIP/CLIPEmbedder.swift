public import Checkpoints
import Faults
import Foundation
public import ImageFiles
import LanguageModels
import NeuralLayers
public import Tensors
import VisionModels

/// Brings images and texts into the space in which CLIP compares them.
public struct CLIPEmbedder: Sendable {
  /// So many images, or texts, are encoded at once.
  public static let batchSize = 16

  private let text: CLIPTextModel
  private let vision: CLIPVisionModel
  private let tokenizer: CLIPTokenizer
  private let processor: CLIPImageProcessor
  private let device: Device

  /// Loads the encoders of a folder of transformers' `CLIPModel`, or of one of diffusers that has both encoders with
  /// projections.
  ///
  /// - Parameters:
  ///   - folder: Holds the tokenizer's files and `preprocessor_config.json` too.
  ///   - device: What computes.
  ///   - precision: How products round their operands.
  /// - Throws: ``EvaluationError`` for a folder without one of the encoders, or parts that do not fit;
  ///   `CheckpointError` and `TokenizerError` for files that are not what they should be.
  public init(
    _ folder: ModelFolder, device: Device, precision: ProductPrecision = .float32
  ) throws {
    switch try CLIPFolder(folder) {
    case .whole(let folder):
      tokenizer = try CLIPTokenizer(folder: folder.url)
      processor = try CLIPImageProcessor(folder, for: CLIPConfiguration(folder).visionConfig)
      let model = try CLIPModel(folder: folder, device: device, precision: precision)
      (text, vision) = (model.textModel, model.visionModel)
    case .parts(let words, let tokens, let sight, let description):
      tokenizer = try CLIPTokenizer(folder: tokens.url)
      processor = try CLIPImageProcessor(description, for: CLIPVisionConfiguration(sight))
      text = try CLIPTextModel(folder: words, device: device, precision: precision)
      vision = try CLIPVisionModel(folder: sight, device: device, precision: precision)
    }
    self.device = device
    try Self.check(tokenizer, text.configuration, in: folder)
  }

  /// Embeds images.
  ///
  /// - Returns: A vector an image, not normalised; transformers' `image_embeds` before it divides them by their length.
  /// - Throws: ``EvaluationError`` when a vector has no direction.
  public func callAsFunction(_ images: [Image]) throws -> [[Float]] {
    try batches(images) { batch in
      let pixels = batch.map { processor($0, on: device) }
      return vision(.stack(samples: pixels)).imageEmbeddings
    }
  }

  /// Embeds texts; what is beyond a text's room is left out, see ``unreadPart(of:)``.
  ///
  /// - Returns: A vector a text, not normalised.
  /// - Throws: ``EvaluationError`` when a vector has no direction.
  public func callAsFunction(_ texts: [String]) throws -> [[Float]] {
    try batches(texts) { batch in
      text(batch.map { tokenizer($0).ids.map(Int.init) }).textEmbeddings
    }
  }

  /// The end of a text that the encoder does not see, because there are too many tokens.
  public func unreadPart(of text: String) -> String? { tokenizer(text).truncated }

  private func batches<Item>(_ items: [Item], _ encode: ([Item]) -> Tensor?) throws -> [[Float]] {
    let vectors = stride(from: 0, to: items.count, by: Self.batchSize).flatMap { start in
      let batch = Array(items[start..<min(start + Self.batchSize, items.count)])
      return encode(batch).map(\.rows) ?? []
    }
    guard vectors.allSatisfy({ $0.allSatisfy(\.isFinite) && $0.contains { $0 != 0 } }) else {
      throw EvaluationError(
        .degenerate,
        "CLIP's embeddings are zero, or not numbers: the weights are damaged, or the numbers are too large for the "
          + "precision. Compute in single precision, or copy the model again.")
    }
    return vectors
  }

  private static func check(
    _ tokenizer: CLIPTokenizer, _ model: CLIPTextConfiguration, in folder: ModelFolder
  ) throws {
    guard Int(tokenizer.largestID) < model.vocabSize,
      tokenizer.maxLength <= model.maxPositionEmbeddings
    else {
      throw EvaluationError(
        .badData,
        "\(folder.url.path): the tokenizer has numbers up to \(tokenizer.largestID) and texts of "
          + "\(tokenizer.maxLength) tokens, but the text encoder knows \(model.vocabSize) numbers and "
          + "\(model.maxPositionEmbeddings) places. Copy both from one model.")
    }
  }
}

extension Tensor {
  /// The rows of a matrix on the host. Waits for the device.
  var rows: [[Float]] {
    let (width, numbers) = (shape[1], floats())
    return (0..<shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
  }
}
