import Checkpoints
import NeuralLayers
import Tensors

/// Makes tokens of the embedding of a whole image; diffusers' class of this name.
struct ImageProjection: Sendable {
  let projection: Linear
  let norm: LayerNorm
  let tokens: Int

  init(_ p: Parameters, from inputs: Int, to channels: Int, tokens: Int) throws {
    projection = try Linear(p.proj, from: inputs, to: tokens * channels)
    norm = try LayerNorm(p.norm, channels: channels)
    self.tokens = tokens
  }

  /// Maps `[N, inputs]` to `[N, tokens, channels]`.
  func callAsFunction(_ embeddings: Tensor) -> Tensor {
    let rows = projection(embeddings)
    return norm(rows.reshaped([rows.shape[0], tokens, rows.shape[1] / tokens]))
  }
}
