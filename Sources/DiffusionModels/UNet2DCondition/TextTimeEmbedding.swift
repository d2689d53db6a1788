import Checkpoints
import NeuralLayers
import Tensors

/// Embeds ``AddedConditions``; diffusers' `addition_embed_type` `text_time`.
struct TextTimeEmbedding: Sendable {
  let timesteps: Timesteps
  let embedding: TimestepEmbedding

  /// - Returns: Nothing for a network that takes no added conditions.
  init?(_ p: Parameters, _ configuration: UNetConfiguration) throws {
    guard configuration.additionEmbedType == .textTime,
      let channels = configuration.additionTimeEmbedDim,
      let inputs = configuration.projectionClassEmbeddingsInputDim
    else { return nil }
    timesteps = Timesteps(
      channels: channels, flipSinToCos: configuration.flipSinToCos,
      downscaleFreqShift: configuration.freqShift)
    embedding = try TimestepEmbedding(p, from: inputs, to: configuration.timeChannels)
  }

  /// - Returns: `[N, timeChannels]`.
  func callAsFunction(_ conditions: AddedConditions) -> Tensor {
    let text = conditions.textEmbeddings
    let ids = timesteps(conditions.timeIDs.flatMap(\.self), on: text.device)
    let samples = text.shape[0]
    return embedding(.concatenate([text, ids.reshaped([samples, ids.shape.count / samples])]))
  }
}
