import Checkpoints
import DiffusionModels
import Faults
import Foundation
import LanguageModels

/// Whether the parts belong together.
extension StableDiffusionConfiguration {
  func checkTextEncoders() throws {
    for encoder in textEncoders { try encoder.check() }
    let lengths = Set(textEncoders.map(\.tokenizer.maxLength))
    try require(
      lengths.count == 1,
      "the tokenizers pad prompts to \(lengths.sorted()) tokens; expected one length for both")
    for block in unet.blockOutChannels.indices {
      let channels = unet.crossAttentionDim[block]
      try require(
        channels == contextChannels,
        "the text encoders give \(contextChannels) channels, but block \(block) of the UNet wants "
          + "\(channels); the folders come from different models")
    }
  }

  /// Phrases in boxes are told by the first text encoder.
  func checkObjects() throws {
    let (wanted, given) = (unet.crossAttentionDim[0], textEncoders[0].model.hiddenSize)
    try require(
      unet.attentionType != .gated || given == wanted,
      "the UNet wants phrases in boxes of \(wanted) channels, but the first text encoder gives \(given); "
        + "the folders come from different models")
  }

  /// SDXL's UNet is told the pooled prompt of the second text encoder and six sizes.
  func checkAddedConditions() throws {
    let isXL = unet.additionEmbedType == .textTime
    try require(
      isXL == (textEncoders.count == 2),
      "there are \(textEncoders.count) text encoders, but the UNet is one "
        + (isXL ? "for two" : "for one") + "; the folders come from different models")
    guard isXL, let second = textEncoders.last else { return }
    try require(
      second.model.hasProjection,
      "text_encoder_2 is a CLIPTextModel; SDXL needs a CLIPTextModelWithProjection")
    let sizes = SizeConditioning(height: 0, width: 0).timeIDs.count
    let channels = second.model.projectionDim + sizes * (unet.additionTimeEmbedDim ?? 0)
    let wanted = unet.projectionClassEmbeddingsInputDim ?? 0
    try require(
      channels == wanted,
      "the pooled prompt and the sizes are \(channels) channels, but the UNet wants \(wanted) "
        + "(projection_class_embeddings_input_dim); the folders come from different models")
  }

  func checkLatents() throws {
    let latents = autoencoder.latentChannels
    try require(
      latents == unet.outChannels && (latents == unet.inChannels || unet.readsMaskedImages),
      "the autoencoder has \(latents) latent channels, but the UNet reads \(unet.inChannels) and "
        + "gives \(unet.outChannels); expected as many to read, or \(2 * latents + 1) of a model for inpainting: "
        + "models for instructions are not supported")
    try require(
      autoencoder.outChannels == 3,
      "the autoencoder paints \(autoencoder.outChannels) channels; expected 3, RGB")
  }

  /// Throws unless parts fit.
  func require(_ condition: Bool, _ fault: @autoclosure () -> String) throws {
    if !condition { throw PipelineError(.badData, fault()) }
  }
}

extension StableDiffusionConfiguration.TextEncoder {
  /// Whether the text encoder has a row for every token, and a position for every place.
  fileprivate func check() throws {
    func require(_ condition: Bool, _ fault: @autoclosure () -> String) throws {
      if !condition { throw PipelineError(.badData, fault()) }
    }
    let (largest, rows) = (Int(tokenizer.largestID), model.vocabSize)
    try require(
      largest < rows,
      "\(folder.url.path): the text encoder knows \(rows) tokens, but its tokenizer has one with the "
        + "number \(largest). A textual inversion needs the text encoder that was saved with it; "
        + "otherwise copy the tokenizer folder of the original model")
    let (length, positions) = (tokenizer.maxLength, model.maxPositionEmbeddings)
    try require(
      length <= positions,
      "\(folder.url.path): the tokenizer pads prompts to \(length) tokens (model_max_length), but the "
        + "text encoder has \(positions) positions; copy both folders from one model")
  }
}
