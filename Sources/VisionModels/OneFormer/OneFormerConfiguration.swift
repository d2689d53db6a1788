public import Checkpoints
public import NeuralLayers

/// How a ``OneFormerForUniversalSegmentation`` is built: the `config.json` beside its weights, with transformers' words
/// and defaults.
public struct OneFormerConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum Architecture: String, OptionChoice, CaseIterable {
    case segmentation = "OneFormerForUniversalSegmentation"
  }

  private var architectures: [Architecture] = [.segmentation]
  /// What sees the image.
  public var backbone = MaskBackboneConfiguration()
  /// Channels in which the maps of all sizes are joined.
  public var convDim = 256
  /// Channels of what masks are found in.
  public var maskDim = 256
  /// Channels of the queries.
  public var hiddenDim = 256
  /// Channels between the two matrices of a layer that joins maps.
  public var encoderFeedforwardDim = 1024
  /// Layers that join maps.
  public var encoderLayers = 6
  /// Times that masks are predicted: one more than there are layers of queries.
  public var decoderLayers = 10
  /// Layers that make queries of the task.
  public var queryDecLayers = 2
  /// Heads of each attention.
  public var numAttentionHeads = 8
  /// Channels between the two matrices of a layer of queries.
  public var dimFeedforward = 2048
  /// Masks that are predicted, one of them the task's own.
  public var numQueries = 150
  /// Whether queries begin with the task, normalised, and not with zeros.
  public var useTaskNorm = true
  /// Tokens of the text that names the task.
  public var taskSeqLen = 77
  /// Added to the variances in the queries' norms.
  public var layerNormEps: Float = 1e-5
  /// The classes.
  public var id2label = LabelNames(count: 2)

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `OneFormerConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try MaskBackboneConfiguration.bind(&backbone, to: options)
    try options.bind("conv_dim", &convDim, within: Bounds.channels)
    try options.bind("mask_dim", &maskDim, within: Bounds.channels)
    try options.bind("hidden_dim", &hiddenDim, within: Bounds.channels)
    try options.bind("encoder_feedforward_dim", &encoderFeedforwardDim, within: Bounds.channels)
    try options.bind("encoder_layers", &encoderLayers, within: Bounds.stack)
    try options.bind("decoder_layers", &decoderLayers, within: Bounds.stack)
    try options.bind("query_dec_layers", &queryDecLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("dim_feedforward", &dimFeedforward, within: Bounds.channels)
    try options.bind("num_queries", &numQueries, within: 2...Bounds.channels.upperBound)
    try options.bind("use_task_norm", &useTaskNorm)
    try options.bind("task_seq_len", &taskSeqLen, within: Bounds.tokens)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.bind("id2label", &id2label)
    try options.require("model_type", among: ["oneformer"])
    try options.require("norm", among: ["GN"])
    try options.require("pre_norm", among: [false])
    try options.require("enforce_input_proj", among: [false])
    try options.require("common_stride", among: [4])
    try options.require("strides", among: [[4, 8, 16, 32]])
    try options.passOverPretrainedConfig()
    // Of the training, in which texts are compared with queries; and what other options say once more.
    options.ignore(
      "class_weight", "contrastive_temperature", "contrastive_weight", "dice_weight",
      "ignore_value", "importance_sample_ratio", "init_std", "init_xavier_std", "is_training",
      "mask_weight", "no_object_weight", "output_auxiliary_logits", "oversample_ratio",
      "train_num_points", "use_auxiliary_loss")
    options.ignore(
      "text_encoder_config", "text_encoder_context_length", "text_encoder_n_ctx",
      "text_encoder_num_layers", "text_encoder_proj_layers", "text_encoder_vocab_size",
      "text_encoder_width")
    options.ignore("hidden_size", "num_classes", "num_hidden_layers")
  }

  /// Makes sure that the values fit each other.
  public func validate(in location: String) throws {
    try backbone.validate(in: location)
    try require(
      convDim == hiddenDim && maskDim == convDim,
      "'conv_dim' \(convDim), 'mask_dim' \(maskDim) and 'hidden_dim' \(hiddenDim) differ, but such files lack the "
        + "matrices between them",
      in: location)
    try require(
      hiddenDim % numAttentionHeads == 0 && hiddenDim % PixelDecoder.groups == 0,
      "'hidden_dim' \(hiddenDim) is no multiple of 'num_attention_heads' \(numAttentionHeads) and of \(PixelDecoder.groups)",
      in: location)
  }
}
