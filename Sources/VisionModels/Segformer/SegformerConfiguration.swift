public import Checkpoints
public import NeuralLayers

/// How a ``SegformerForSemanticSegmentation`` is built: the `config.json` beside its weights, with transformers' words
/// and defaults.
public struct SegformerConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum Architecture: String, OptionChoice, CaseIterable {
    case segmentation = "SegformerForSemanticSegmentation"
  }

  private var architectures: [Architecture] = [.segmentation]
  /// Channels of the image.
  public var numChannels = 3
  /// Stages of the encoder; each list below has an entry for each of them.
  public var numEncoderBlocks = 4
  /// Layers of each stage.
  public var depths = [2, 2, 2, 2]
  /// How many times smaller the map is, along a side, that a stage's tokens look at.
  public var srRatios = [8, 4, 2, 1]
  /// Channels of each stage.
  public var hiddenSizes = [32, 64, 160, 256]
  /// Sides of the kernels that begin the stages, in pixels of the stage before.
  public var patchSizes = [7, 3, 3, 3]
  /// Pixels from one of those kernels to the next.
  public var strides = [4, 2, 2, 2]
  /// Heads of each stage's attention.
  public var numAttentionHeads = [1, 2, 5, 8]
  /// How many times more channels there are between the two matrices of a stage's layers.
  public var mlpRatios = [4, 4, 4, 4]
  /// The function between these matrices.
  public var hiddenAct = HiddenActivation.gelu
  /// Channels in which the maps of all stages are joined.
  public var decoderHiddenSize = 256
  /// The classes.
  public var id2label = LabelNames(count: 2)

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `SegformerConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try options.bind("num_channels", &numChannels, within: Bounds.channels)
    try options.bind("num_encoder_blocks", &numEncoderBlocks, within: 1...Bounds.blocks)
    try options.bind("depths", &depths, within: Bounds.stack)
    try options.bind("sr_ratios", &srRatios, within: Bounds.scale)
    try options.bind("hidden_sizes", &hiddenSizes, within: Bounds.channels)
    try options.bind("patch_sizes", &patchSizes, within: Bounds.scale)
    try options.bind("strides", &strides, within: Bounds.scale)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("mlp_ratios", &mlpRatios, within: Bounds.scale)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("decoder_hidden_size", &decoderHiddenSize, within: Bounds.channels)
    try options.bind("id2label", &id2label)
    try options.require("model_type", among: ["segformer"])
    try options.require("reshape_last_stage", among: [true])
    try options.passOverPretrainedConfig()
    // Of the training; and the epsilon, which transformers' own model does not read.
    options.ignore(
      "attention_probs_dropout_prob", "classifier_dropout_prob", "drop_path_rate",
      "hidden_dropout_prob", "layer_norm_eps", "semantic_loss_ignore_index")
    // Of versions before 4.12: the strides once more, and a side that changes nothing.
    options.ignore("downsampling_rates", "image_size")
  }

  /// Makes sure that each stage has what it needs.
  public func validate(in location: String) throws {
    for (name, count) in [
      ("depths", depths.count), ("sr_ratios", srRatios.count), ("hidden_sizes", hiddenSizes.count),
      ("patch_sizes", patchSizes.count), ("strides", strides.count),
      ("num_attention_heads", numAttentionHeads.count), ("mlp_ratios", mlpRatios.count),
    ] {
      try require(
        count == numEncoderBlocks,
        "'\(name)' has \(count) entries for 'num_encoder_blocks' \(numEncoderBlocks)", in: location)
    }
    for (channels, heads) in zip(hiddenSizes, numAttentionHeads) where channels % heads != 0 {
      throw CheckpointError(
        .configuration(
          "'num_attention_heads' \(heads) does not divide 'hidden_sizes' \(channels)"),
        in: location)
    }
  }
}
