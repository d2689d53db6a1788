public import Checkpoints
public import NeuralLayers
public import Tensors

/// The vision encoder of CLIP, with or without the projection of its pooled output.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
/// arXiv 2103.00020; Dosovitskiy et al., "An Image is Worth 16x16 Words", arXiv 2010.11929.
public struct CLIPVisionModel: PretrainedModel {
  /// How the network is built.
  public let configuration: CLIPVisionConfiguration
  let patchEmbedding: Conv2D
  /// The token of the whole image, `[1, 1, C]`.
  let classEmbedding: Tensor
  let positionEmbedding: Embedding
  let normIn, normOut: LayerNorm
  let encoder: CLIPEncoder
  let projection: Linear?

  /// Constant positions, which older files carry along.
  public static var ignoredTensors: [String] { ["embeddings.position_ids"] }

  /// Reads the network, whose names begin with `vision_model.` or, as recent transformers writes them
  /// for a model without projection, without it.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: CLIPVisionConfiguration) throws {
    self.configuration = configuration
    let (channels, epsilon) = (configuration.hiddenSize, configuration.layerNormEps)
    let vision = p.contains("embeddings") ? p : p.vision_model
    let (embeddings, patch) = (vision.embeddings, configuration.patchSize)
    patchEmbedding = try Conv2D(
      embeddings.patch_embedding, from: configuration.numChannels, to: channels, kernel: patch,
      stride: patch, padding: Padding(), bias: false)
    classEmbedding = try embeddings.tensor("class_embedding", [channels]).reshaped([1, 1, channels])
    positionEmbedding = try Embedding(
      embeddings.position_embedding, count: configuration.tokens, channels: channels)
    // The name is the original's.
    normIn = try LayerNorm(vision.pre_layrnorm, channels: channels, epsilon: epsilon)
    encoder = try CLIPEncoder(
      vision.encoder, layers: configuration.numHiddenLayers, configuration.encoderOptions)
    normOut = try LayerNorm(vision.post_layernorm, channels: channels, epsilon: epsilon)
    projection =
      configuration.hasProjection
      ? try Linear(
        p.visual_projection, from: channels, to: configuration.projectionDim, bias: false) : nil
  }

  /// Encodes images.
  ///
  /// - Parameter images: `[N, imageSize, imageSize, numChannels]`, as ``CLIPImageProcessor`` makes them.
  public func callAsFunction(_ images: Tensor) -> CLIPVisionOutput {
    let side = configuration.imageSize
    precondition(
      images.shape.with(first: 1) == [1, side, side, configuration.numChannels],
      "CLIPVisionModel: images \(images.shape) must be [N, \(side), \(side), "
        + "\(configuration.numChannels)]")
    let hiddenStates = encoder(normIn(embed(images)))
    let last = hiddenStates[hiddenStates.count - 1]
    let (samples, channels) = (images.shape[0], configuration.hiddenSize)
    let whole = last.reshaped([samples, configuration.tokens * channels]).channels(0..<channels)
    let pooled = normOut(whole)
    return CLIPVisionOutput(
      hiddenStates: hiddenStates, pooledOutput: pooled, imageEmbeddings: projection?(pooled))
  }

  /// The tokens of the whole images and of their patches with their positions, `[N, tokens, C]`.
  private func embed(_ images: Tensor) -> Tensor {
    let (samples, channels) = (images.shape[0], configuration.hiddenSize)
    let patches = patchEmbedding(images).reshaped([samples, configuration.tokens - 1, channels])
    return .concatenate(tokens: [classEmbedding.repeated(samples: samples), patches])
      + positionEmbedding.table
  }
}
