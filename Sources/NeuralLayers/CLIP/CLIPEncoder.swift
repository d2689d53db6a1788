public import Checkpoints
public import Tensors

/// The layers that CLIP's text and vision encoders have in common; transformers' `CLIPEncoder`.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
/// arXiv 2103.00020.
public struct CLIPEncoder: Sendable {
  let layers: [CLIPEncoderLayer]

  /// Reads `layers.0`, `layers.1`, ….
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, layers: Int, _ options: CLIPEncoderOptions) throws {
    self.layers = try (0..<layers).map { try CLIPEncoderLayer(p.layers[$0], options) }
  }

  /// Encodes tokens.
  ///
  /// - Parameter embeddings: `[N, L, channels]`.
  /// - Returns: The embeddings, then the result of every layer, all of their shape.
  public func callAsFunction(_ embeddings: Tensor) -> [Tensor] {
    layers.reduce(into: [embeddings]) { states, layer in
      states.append(layer(states[states.count - 1]))
    }
  }
}
