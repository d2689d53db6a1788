import Checkpoints
import DiffusionModels
import DurableFiles
import Foundation
import LanguageModels
import NeuralLayers
import Tensors

/// A file of a synthetic model, and how it is written.
struct SyntheticFile {
  /// The path in the model's folder.
  let path: String
  /// Writes the whole file or nothing; what the second argument throws ends that.
  let write: (URL, @escaping () throws -> Void) throws -> Void

  /// The part of the model that the file belongs to, such as `unet`.
  var part: String { String(path.prefix { $0 != "/" }) }

  private init(_ path: String, _ contents: @escaping () throws -> Data) {
    self.path = path
    write = { url, _ in try replaceFile(at: url) { try $0.write(contents()) } }
  }

  /// The weights that a network asks for.
  init(_ path: String, _ seed: UInt64, _ ask: @escaping (Parameters) throws -> Void) {
    self.path = path
    write = { url, check in
      // Without memory the model only says which tensors it reads.
      let parameters = SyntheticParameters(seed: seed)
      try ask(Parameters(parameters, device: .meta))
      try parameters.write(
        to: url, metadata: ["format": "pt", "weights": "random, seed \(parameters.seed)"],
        check: check)
    }
  }

  /// All files of a model in the order in which they are written.
  static func all(of architecture: SyntheticArchitecture, seed: UInt64) -> [SyntheticFile] {
    let encoders = zip(architecture.textEncoders, ["", "_2"]).flatMap { configuration, suffix in
      network(
        CLIPTextModel.self, configuration, seed, in: "text_encoder\(suffix)",
        weights: "model.safetensors")
        // SDXL's second tokenizer pads with the token of number 0.
        + tokenizer(
          in: "tokenizer\(suffix)",
          padding: suffix.isEmpty ? "<|endoftext|>" : CLIPTokenizer.byteTokens[0])
    }
    return encoders
      + network(UNet2DConditionModel.self, architecture.unet, seed, in: "unet")
      + network(AutoencoderKL.self, architecture.autoencoder, seed, in: "vae")
      + architecture.controls(seed: seed) + architecture.imagePrompts(seed: seed)
      + [
        SyntheticFile("scheduler/scheduler_config.json") { try text(architecture.scheduler) },
        // Last, since it is what makes the folder a model.
        SyntheticFile("model_index.json") { try text(architecture.index) },
      ]
  }

  static func network<Model: PretrainedModel>(
    _ type: Model.Type, _ configuration: Model.Configuration, _ seed: UInt64, in folder: String,
    weights: String = "diffusion_pytorch_model.safetensors"
  ) -> [SyntheticFile] {
    [
      SyntheticFile("\(folder)/config.json") { try configuration.json() },
      SyntheticFile("\(folder)/\(weights)", seed) { _ = try Model($0, configuration) },
    ]
  }

  private static func tokenizer(in folder: String, padding: String) -> [SyntheticFile] {
    CLIPTokenizer.byteTokenizerFiles(padding: padding).map { name, contents in
      SyntheticFile("\(folder)/\(name)", contents)
    }
  }

  private static func text(_ value: JSONValue) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
