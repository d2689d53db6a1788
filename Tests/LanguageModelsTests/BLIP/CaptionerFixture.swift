import Checkpoints
import Foundation
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport

/// A tiny captioner that `tools/fixtures/captioner.py` or `captioner_blip2.py` wrote, and what transformers made with it.
struct CaptionerFixture<Model: PretrainedModel> {
  let folder: URL
  let model: Model
  let states: Fixture
  let captions: CaptionerCaptions

  init(
    _ name: String, model folderName: String, on device: Device, precision: ProductPrecision
  ) throws {
    folder = Fixture.url("\(name)/\(folderName)")
    model = try Model(folder: ModelFolder(folder), device: device, precision: precision)
    states = try Fixture("\(name)/states", on: device)
    captions = try JSONDecoder().decode(
      CaptionerCaptions.self, from: Data(contentsOf: Fixture.url("\(name)/captions.json")))
  }

  /// The images as the network reads them.
  var images: Tensor { states["images"].channelsLast() }

  /// Texts of as many tokens each.
  func tokens() throws -> [[Int32]] {
    let shape = states["tokens"].shape
    let numbers = try states.bytes("tokens").chunks(of: 4).map { bytes in
      bytes.reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
    }
    return numbers.chunks(of: shape[1])
  }
}

/// What was generated.
struct CaptionerCaptions: Decodable {
  let images: [String]
  let ways: [Way]

  /// A way to generate, and what came of it for each image.
  struct Way: Decodable {
    struct Settings: Decodable {
      let prompt: String?
      let seed: UInt64?
      let top_p, temperature: Float?
      let num_beams, top_k, max_length, min_length, max_new_tokens, min_new_tokens: Int?
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
        settings.sampling = top_p.map {
          NucleusSampling(topP: $0, topK: top_k ?? 50, temperature: temperature ?? 1)
        }
        return settings
      }
    }
    let settings: Settings
    let ids: [[Int32]]
    let texts: [String]
  }
}

extension Array {
  /// Pieces of one length.
  func chunks(of length: Int) -> [[Element]] {
    stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
  }
}
