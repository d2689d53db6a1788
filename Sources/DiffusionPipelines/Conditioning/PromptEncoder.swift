import Checkpoints
import LanguageModels
import NeuralLayers
import Tensors

/// A tokenizer with the text encoder that reads its tokens.
struct TextEncoder: Sendable {
  let tokenizer: CLIPTokenizer
  let model: CLIPTextModel

  /// Loads the encoder beside a tokenizer.
  init(
    _ configuration: StableDiffusionConfiguration.TextEncoder, device: Device,
    precision: ProductPrecision
  ) throws {
    tokenizer = configuration.tokenizer
    model = try CLIPTextModel(folder: configuration.folder, device: device, precision: precision)
  }
}

/// Turns prompts into what the UNet wants: the last hidden states of one text encoder, or, for SDXL, the
/// next to last ones of two side by side and the pooled output of the second.
public struct PromptEncoder: Sendable {
  private let encoders: [TextEncoder]
  /// Whether an absent negative prompt means zeros.
  private let zeroesAbsentPrompt: Bool

  init(
    _ configuration: StableDiffusionConfiguration, device: Device, precision: ProductPrecision
  ) throws {
    encoders = try configuration.textEncoders.map {
      try TextEncoder($0, device: device, precision: precision)
    }
    zeroesAbsentPrompt = configuration.zeroesAbsentPrompt
  }

  /// Tokens of a prompt: start, end and padding included.
  public var tokens: Int { encoders[0].tokenizer.maxLength }

  /// Encodes a prompt. What is beyond ``tokens`` is left out, see ``unreadPart(of:)``.
  public func callAsFunction(_ prompt: String) -> PromptEmbedding {
    let outputs = encoders.map { $0.model([$0.tokenizer(prompt).ids.map(Int.init)]) }
    if outputs.count == 1 {
      return PromptEmbedding(context: outputs[0].lastHiddenState, pooled: nil)
    }
    return PromptEmbedding(
      context: .concatenate(outputs.map { $0.hiddenStates[$0.hiddenStates.count - 2] }),
      pooled: outputs[outputs.count - 1].textEmbeddings)
  }

  /// Encodes a negative prompt.
  ///
  /// - Parameters:
  ///   - prompt: What to avoid; nil for the model's own idea of an empty prompt, which is zeros for SDXL.
  ///   - positive: The embedding of the prompt beside it.
  public func negative(_ prompt: String?, beside positive: PromptEmbedding) -> PromptEmbedding {
    if let prompt { return self(prompt) }
    return zeroesAbsentPrompt ? positive.zeros : self("")
  }

  /// What a phrase says as a whole, `[1, channels]`: the first encoder's pooled output.
  func phrase(_ phrase: String) -> Tensor {
    encoders[0].model([encoders[0].tokenizer(phrase).ids.map(Int.init)]).pooledOutput
  }

  /// The end of a prompt that the text encoders do not see, because it has too many tokens.
  public func unreadPart(of prompt: String) -> String? {
    encoders.lazy.compactMap { $0.tokenizer(prompt).truncated }.first
  }
}
