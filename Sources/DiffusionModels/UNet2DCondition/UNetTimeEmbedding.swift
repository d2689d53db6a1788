import Checkpoints
import NeuralLayers
import Tensors

/// What a UNet makes of time and of ``AddedConditions``, for all of its residual blocks.
struct UNetTimeEmbedding: Sendable {
  let timesteps: Timesteps
  let timeEmbedding: TimestepEmbedding
  let addedEmbedding: TextTimeEmbedding?

  /// Reads `time_embedding` and, where the network takes added conditions, `add_embedding`.
  init(_ p: Parameters, _ configuration: UNetConfiguration) throws {
    let channels = configuration.blockOutChannels[0]
    timesteps = Timesteps(
      channels: channels, flipSinToCos: configuration.flipSinToCos,
      downscaleFreqShift: configuration.freqShift)
    timeEmbedding = try TimestepEmbedding(
      p.time_embedding, from: channels, to: configuration.timeChannels)
    addedEmbedding = try TextTimeEmbedding(p.add_embedding, configuration)
  }

  /// - Parameters:
  ///   - features: Timesteps as ``timesteps`` embeds them, `[N, blockOutChannels[0]]`.
  ///   - conditions: Left out by a network that takes none.
  /// - Returns: The embedding behind its SiLU, `[N, timeChannels]`: every residual block wants that, so it is taken
  ///   once.
  func callAsFunction(_ features: Tensor, _ conditions: AddedConditions?) -> Tensor {
    let time = timeEmbedding(features)
    guard let addedEmbedding else { return time.silu() }
    guard let conditions else {
      preconditionFailure("UNetTimeEmbedding: addition_embed_type text_time needs conditions")
    }
    return (time + addedEmbedding(conditions)).silu()
  }
}
