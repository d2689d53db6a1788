import Checkpoints
import DiffusionModels
import Foundation
import LanguageModels
import NeuralLayers
import NoiseSchedulers
import Tensors

/// What the files of a Stable Diffusion model say about all of its parts, read and compared before any
/// weights are.
struct StableDiffusionConfiguration: Sendable {
  /// A tokenizer and the text encoder that reads its tokens.
  struct TextEncoder: Sendable {
    let folder: ModelFolder
    let tokenizer: CLIPTokenizer
    let model: CLIPTextConfiguration
  }

  let textEncoders: [TextEncoder]
  let unet: UNetConfiguration
  let autoencoder: AutoencoderKLConfiguration
  let scheduler: Scheduler
  /// SDXL: whether an empty negative prompt is replaced by zeros.
  let zeroesAbsentPrompt: Bool

  /// Reads the files and makes sure that the parts fit each other.
  ///
  /// - Throws: `CheckpointError`, `TokenizerError` and `SchedulerError` for files that are missing,
  ///   damaged or ask for something that this engine does not do; ``PipelineError`` for parts that do
  ///   not fit.
  init(_ folder: ModelFolder, scheduler kind: SchedulerKind?) throws {
    let index = try StableDiffusionPipeline.index(of: folder)
    scheduler = try Self.scheduler(in: folder, kind)
    textEncoders = try index.encoderSuffixes.map { try TextEncoder(folder, suffix: $0) }
    unet = try UNetConfiguration(folder.component("unet"))
    autoencoder = try AutoencoderKLConfiguration(folder.component("vae"))
    zeroesAbsentPrompt = textEncoders.count == 2 && index.forceZerosForEmptyPrompt
    try checkTextEncoders()
    try checkAddedConditions()
    try checkObjects()
    try checkLatents()
  }

  /// Reads the scheduler alone.
  static func scheduler(in folder: ModelFolder, _ kind: SchedulerKind?) throws -> Scheduler {
    let file = try folder.component("scheduler").url
      .appendingPathComponent("scheduler_config.json")
    return try Scheduler(configuration: SchedulerConfiguration(contentsOf: file), kind: kind)
  }

  /// SDXL's autoencoder has numbers beyond those of fp16, as its configuration says: bf16 has the range.
  func precisionOfAutoencoder(beside precision: ProductPrecision) -> ProductPrecision {
    let needsRange = unet.additionEmbedType == .textTime && autoencoder.forceUpcast
    return precision == .float16 && needsRange ? .bfloat16 : precision
  }

  /// Channels of the prompt.
  var contextChannels: Int { textEncoders.reduce(0) { $0 + $1.model.hiddenSize } }
}

extension StableDiffusionConfiguration.TextEncoder {
  /// Reads both from a pipeline's folder.
  init(_ folder: ModelFolder, suffix: String) throws {
    self.folder = try folder.component("text_encoder" + suffix)
    tokenizer = try CLIPTokenizer(folder: folder.component("tokenizer" + suffix).url)
    model = try CLIPTextConfiguration(self.folder)
  }
}

extension PipelineIndex {
  /// What tells the folders of several text encoders apart.
  var encoderSuffixes: [String] { components["text_encoder_2"] == nil ? [""] : ["", "_2"] }

  /// The components that paint, by sub-folder. Others, such as a safety checker, are never looked at.
  package var paintingComponents: [String] {
    ["scheduler"] + encoderSuffixes.flatMap { ["text_encoder" + $0, "tokenizer" + $0] }
      + ["unet", "vae"]
  }

  /// Those of them that have weights.
  var networks: [String] { encoderSuffixes.map { "text_encoder" + $0 } + ["unet", "vae"] }
}
