public import Checkpoints
public import NeuralLayers
public import Tensors

/// Finds masks in an image, each with its class: of semantic classes or of objects, as it was trained.
///
/// Source: Cheng et al., "Masked-attention Mask Transformer for Universal Image Segmentation", CVPR 2022, arXiv
/// 2112.01527, in the names of transformers' files.
public struct Mask2FormerForUniversalSegmentation: PretrainedModel {
  /// How the network is built.
  public let configuration: Mask2FormerConfiguration
  let backbone: MaskBackbone
  let pixelDecoder: PixelDecoder
  let queries: Tensor
  let decoder: MaskedAttentionDecoder
  let classPredictor: Linear

  /// Weights of the training's loss, and what a backbone does not need.
  public static var ignoredTensors: [String] {
    ["criterion.empty_weight", "num_batches_tracked"] + SwinBackbone.ignoredTensors
  }

  /// Reads `model.pixel_level_module`, `model.transformer_module` and `class_predictor`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: Mask2FormerConfiguration) throws {
    self.configuration = configuration
    let pixels = p.model.pixel_level_module
    backbone = try MaskBackbone(pixels.encoder, configuration.backbone)
    pixelDecoder = try PixelDecoder(
      pixels.decoder,
      PixelDecoder.Options(
        inputs: configuration.backbone.channels, channels: configuration.featureSize,
        maskChannels: configuration.maskFeatureSize, wide: configuration.encoderFeedforwardDim,
        layers: configuration.encoderLayers, heads: configuration.numAttentionHeads))
    queries = try p.model.transformer_module.queries_features.tensor(
      "weight", [configuration.numQueries, configuration.hiddenDim])
    decoder = try MaskedAttentionDecoder(p.model.transformer_module, configuration)
    classPredictor = try Linear(
      p.class_predictor, from: configuration.hiddenDim,
      to: configuration.id2label.names.count + 1)
  }

  /// Looks at images.
  ///
  /// - Parameter images: `[N, H, W, 3]`, as ``MaskFormerImageProcessor`` makes them.
  public func callAsFunction(_ images: Tensor) -> MaskFormerOutput {
    precondition(
      images.shape.rank == 4 && images.shape[3] == 3,
      "Mask2FormerForUniversalSegmentation: images \(images.shape) must be [N, H, W, 3]")
    let maps = backbone(images)
    let (joined, maskFeatures) = pixelDecoder(maps)
    let states = decoder(
      queries.reshaped([1, queries.shape[0], queries.shape[1]]).repeated(samples: maps[0].shape[0]),
      seeing: joined, maskFeatures: maskFeatures)
    let last = states[states.count - 1]
    return MaskFormerOutput(
      backboneMaps: maps, pixelMaps: joined + [maskFeatures], states: states,
      classLogits: classPredictor(last), maskLogits: masks(of: last, in: maskFeatures))
  }

  /// The masks of some queries.
  ///
  /// - Parameters:
  ///   - states: One of ``MaskFormerOutput/states``.
  ///   - maskFeatures: The last of ``MaskFormerOutput/pixelMaps``.
  /// - Returns: Scores of each pixel, above 0 where it belongs to a mask, `[N, h, w, Q]`.
  public func masks(of states: Tensor, in maskFeatures: Tensor) -> Tensor {
    decoder.predictor(states, in: maskFeatures)
  }
}

/// Masks that a network found, and how it came to them.
public struct MaskFormerOutput {
  /// What the backbone saw, the largest map first, `[N, h, w, C]`.
  public let backboneMaps: [Tensor]
  /// The maps that were joined, the smallest first; the last one is that in which masks are found.
  public let pixelMaps: [Tensor]
  /// The queries before the first layer and after each, `[N, Q, C]`.
  public let states: [Tensor]
  /// Scores of each query's classes, the last of which is none, `[N, Q, classes + 1]`.
  public let classLogits: Tensor
  /// Scores of each pixel of each query's mask, above 0 where it belongs to it, `[N, h, w, Q]`.
  public let maskLogits: Tensor
}
