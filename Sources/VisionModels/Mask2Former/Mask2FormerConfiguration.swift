public import Checkpoints
public import NeuralLayers

/// How a ``Mask2FormerForUniversalSegmentation`` is built: the `config.json` beside its weights, with transformers' words
/// and defaults.
public struct Mask2FormerConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum Architecture: String, OptionChoice, CaseIterable {
    case segmentation = "Mask2FormerForUniversalSegmentation"
  }

  private var architectures: [Architecture] = [.segmentation]
  /// What sees the image.
  public var backbone = MaskBackboneConfiguration.small
  /// Channels in which the maps of all sizes are joined.
  public var featureSize = 256
  /// Channels of what masks are found in.
  public var maskFeatureSize = 256
  /// Channels of the queries.
  public var hiddenDim = 256
  /// Channels between the two matrices of a layer that joins maps.
  public var encoderFeedforwardDim = 1024
  /// Layers that join maps.
  public var encoderLayers = 6
  /// Times that masks are predicted: one more than there are layers of queries.
  public var decoderLayers = 10
  /// Heads of each attention.
  public var numAttentionHeads = 8
  /// Channels between the two matrices of a layer of queries.
  public var dimFeedforward = 2048
  /// Whether maps go through a matrix before queries see them, also where they have as many channels.
  public var enforceInputProjection = false
  /// Masks that are predicted.
  public var numQueries = 100
  /// The classes.
  public var id2label = LabelNames(count: 2)

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `Mask2FormerConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try MaskBackboneConfiguration.bind(&backbone, to: options)
    try options.bind("feature_size", &featureSize, within: Bounds.channels)
    try options.bind("mask_feature_size", &maskFeatureSize, within: Bounds.channels)
    try options.bind("hidden_dim", &hiddenDim, within: Bounds.channels)
    try options.bind("encoder_feedforward_dim", &encoderFeedforwardDim, within: Bounds.channels)
    try options.bind("encoder_layers", &encoderLayers, within: Bounds.stack)
    try options.bind("decoder_layers", &decoderLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("dim_feedforward", &dimFeedforward, within: Bounds.channels)
    try options.bind("enforce_input_projection", &enforceInputProjection)
    try options.bind("num_queries", &numQueries, within: Bounds.channels)
    try options.bind("id2label", &id2label)
    try options.require("model_type", among: ["mask2former"])
    try options.require("activation_function", among: ["relu"])
    try options.require("pre_norm", among: [false])
    try options.require("common_stride", among: [4])
    try options.require("feature_strides", among: [[4, 8, 16, 32]])
    try options.passOverPretrainedConfig()
    // Of the training; and what other options say once more.
    options.ignore(
      "class_weight", "dice_weight", "ignore_value", "importance_sample_ratio", "init_std",
      "init_xavier_std", "mask_weight", "no_object_weight", "output_auxiliary_logits",
      "oversample_ratio", "train_num_points", "use_auxiliary_loss")
    options.ignore("hidden_size", "num_hidden_layers")
  }

  /// Makes sure that the values fit each other.
  public func validate(in location: String) throws {
    try backbone.validate(in: location)
    for (name, channels) in [("feature_size", featureSize), ("hidden_dim", hiddenDim)] {
      try require(
        channels % numAttentionHeads == 0 && channels % 4 == 0,
        "'\(name)' \(channels) is no multiple of 'num_attention_heads' \(numAttentionHeads) and of 4",
        in: location)
    }
    try require(
      featureSize % PixelDecoder.groups == 0,
      "'feature_size' \(featureSize) is no multiple of \(PixelDecoder.groups)", in: location)
  }
}
