public import Checkpoints
public import NeuralLayers
public import Tensors

/// Finds masks in an image, each with its class: of semantic classes or of objects, as a text asks for.
///
/// Source: Jain et al., "OneFormer: One Transformer to Rule Universal Image Segmentation", CVPR 2023, arXiv 2211.06220,
/// in the names of transformers' files.
public struct OneFormerForUniversalSegmentation: PretrainedModel {
  /// How the network is built.
  public let configuration: OneFormerConfiguration
  let backbone: MaskBackbone
  let pixelDecoder: PixelDecoder
  let taskLayers: [Linear]
  let taskQueries: TaskQueries
  let decoder: MaskedAttentionDecoder
  let classPredictor: Linear

  /// What the training compares with texts, and what a backbone does not need.
  public static var ignoredTensors: [String] {
    ["criterion.", "model.text_mapper.", "num_batches_tracked"] + SwinBackbone.ignoredTensors
  }

  /// Reads `model.pixel_level_module`, `model.task_encoder` and `model.transformer_module`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: OneFormerConfiguration) throws {
    self.configuration = configuration
    let (pixels, queries) = (p.model.pixel_level_module, p.model.transformer_module)
    let (task, channels) = (p.model.task_encoder.task_mlp.layers, configuration.hiddenDim)
    backbone = try MaskBackbone(pixels.encoder, configuration.backbone)
    pixelDecoder = try PixelDecoder(
      pixels.decoder,
      PixelDecoder.Options(
        inputs: configuration.backbone.channels, channels: configuration.convDim,
        maskChannels: configuration.maskDim, wide: configuration.encoderFeedforwardDim,
        layers: configuration.encoderLayers, heads: configuration.numAttentionHeads))
    taskLayers = [
      try Linear(task[0][0], from: configuration.taskSeqLen, to: channels, activation: .relu),
      try Linear(task[1][0], from: channels, to: channels),
    ]
    taskQueries = try TaskQueries(queries.decoder, configuration)
    decoder = try MaskedAttentionDecoder(queries, configuration)
    classPredictor = try Linear(
      queries.decoder.class_embed, from: channels, to: configuration.id2label.names.count + 1)
  }

  /// Looks at images.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W, 3]`, as ``MaskFormerImageProcessor`` makes them.
  ///   - task: The tokens of the text that names the task, as numbers, and zeros behind them, `[taskSeqLen]`.
  public func callAsFunction(_ images: Tensor, task: Tensor) -> MaskFormerOutput {
    precondition(
      images.shape.rank == 4 && images.shape[3] == 3
        && task.shape == [configuration.taskSeqLen],
      "OneFormerForUniversalSegmentation: images \(images.shape) must be [N, H, W, 3], and the task \(task.shape) "
        + "[\(configuration.taskSeqLen)]")
    let maps = backbone(images)
    let (joined, maskFeatures) = pixelDecoder(maps)
    let states = decoder(
      queries(of: task, maskFeatures), seeing: joined, maskFeatures: maskFeatures)
    let last = states[states.count - 1]
    return MaskFormerOutput(
      backboneMaps: maps, pixelMaps: joined + [maskFeatures], states: states,
      classLogits: classPredictor(last), maskLogits: masks(of: last, in: maskFeatures))
  }

  /// The queries that a task begins with; the last of them is the task itself, `[N, Q, C]`.
  private func queries(of task: Tensor, _ maskFeatures: Tensor) -> Tensor {
    let channels = configuration.hiddenDim
    let plain = taskLayers.reduce(task.reshaped([1, 1, configuration.taskSeqLen])) { $1($0) }
    let token = configuration.useTaskNorm ? decoder.norm(plain) : plain
    let start =
      configuration.useTaskNorm
      ? token : Tensor(repeating: 0, [1, 1, channels], on: plain.device)
    let objects = taskQueries(
      start, decoder.positions.samples(0..<configuration.numQueries - 1), maskFeatures)
    return .concatenate(tokens: [objects, token.repeated(samples: maskFeatures.shape[0])])
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
