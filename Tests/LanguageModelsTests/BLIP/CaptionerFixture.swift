import Checkpoints
import Foundation
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport

/// The tiny BLIP that `tools/fixtures/captioner.py` wrote, and what transformers made with it.
struct CaptionerFixture {
  static let folder = Fixture.url("captioner")

  let model: BlipForConditionalGeneration
  let tokenizer: BertTokenizer
  let states: Fixture

  init(on device: Device = .sharedCPU, precision: ProductPrecision = .float32) throws {
    let folder = Self.folder.appending(path: "blip")
    model = try BlipForConditionalGeneration(
      folder: ModelFolder(folder), device: device, precision: precision)
    tokenizer = try BertTokenizer(folder: folder)
    states = try Fixture("captioner/states", on: device)
  }

  /// Texts of as many tokens each.
  func tokens() throws -> [[Int32]] {
    let shape = states["tokens"].shape
    let numbers = try states.bytes("tokens").chunks(of: 4).map { bytes in
      bytes.reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
    }
    return numbers.chunks(of: shape[1])
  }

  /// A way to generate, and what came of it for each image.
  struct Way: Decodable {
    struct Settings: Decodable {
      let prompt: String?
      let num_beams, max_length, min_length, max_new_tokens, min_new_tokens: Int?
      let length_penalty: Double?
      let repetition_penalty: Float?
      let early_stopping: Bool?

      var settings: GenerationSettings {
        var settings = GenerationSettings()
        settings.numBeams = num_beams ?? settings.numBeams
        (settings.maxLength, settings.maxNewTokens) = (max_length, max_new_tokens)
        settings.minLength = min_length ?? settings.minLength
        settings.minNewTokens = min_new_tokens
        settings.lengthPenalty = length_penalty ?? settings.lengthPenalty
        settings.repetitionPenalty = repetition_penalty ?? settings.repetitionPenalty
        settings.earlyStopping = early_stopping ?? settings.earlyStopping
        return settings
      }
    }
    let settings: Settings
    let ids: [[Int32]]
    let texts: [String]
  }

  /// What was generated.
  struct Captions: Decodable {
    let images: [String]
    let ways: [Way]

    init() throws {
      let file = CaptionerFixture.folder.appending(path: "captions.json")
      self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }
  }
}

extension Array {
  /// Pieces of one length.
  func chunks(of length: Int) -> [[Element]] {
    stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
  }
}
