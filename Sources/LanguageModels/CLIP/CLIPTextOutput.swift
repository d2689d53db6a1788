public import Tensors

/// What a ``CLIPTextModel`` makes of a batch of prompts.
public struct CLIPTextOutput: Sendable {
  /// The embedded tokens, then the result of every layer, each `[N, L, hiddenSize]`, before the final
  /// normalisation. SDXL takes the last but one.
  public let hiddenStates: [Tensor]
  /// The last layer's result after the final normalisation, `[N, L, hiddenSize]`.
  public let lastHiddenState: Tensor
  /// ``lastHiddenState`` at the end of each prompt, `[N, hiddenSize]`.
  public let pooledOutput: Tensor
  /// The projected pooled output, `[N, projectionDim]`, of a model that has a projection.
  public let textEmbeddings: Tensor?
}
