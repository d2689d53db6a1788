public import Tensors

/// What a ``CLIPVisionModel`` makes of a batch of images.
public struct CLIPVisionOutput: Sendable {
  /// The embedded patches behind their normalisation, then the result of every layer, each `[N, tokens, hiddenSize]`,
  /// the whole image's token first. An IP-Adapter "plus" takes the last but one.
  public let hiddenStates: [Tensor]
  /// The whole image's token behind the last normalisation, `[N, hiddenSize]`.
  public let pooledOutput: Tensor
  /// The projected pooled output, `[N, projectionDim]`, of a model that has a projection.
  public let imageEmbeddings: Tensor?
}
