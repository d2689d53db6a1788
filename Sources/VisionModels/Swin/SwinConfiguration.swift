public import Checkpoints
public import NeuralLayers

/// How a Swin transformer is built, with transformers' words and defaults.
public struct SwinConfiguration: ModelConfiguration, Equatable {
  /// Channels of the image.
  public var numChannels = 3
  /// Side of the patches that become tokens, in pixels.
  public var patchSize = 4
  /// Channels of the first stage; each other has twice those before it.
  public var embedDim = 96
  /// Layers of each stage.
  public var depths = [2, 2, 6, 2]
  /// Heads of each stage's attention.
  public var numHeads = [3, 6, 12, 24]
  /// Side of the windows in which tokens see each other, in tokens.
  public var windowSize = 7
  /// How many times more channels there are between the two matrices of a layer.
  public var mlpRatio = 4.0
  /// Whether queries, keys and values have a bias.
  public var qkvBias = true
  /// The function between these matrices.
  public var hiddenAct = HiddenActivation.gelu
  /// Added to the variances in the layers' norms.
  public var layerNormEps: Float = 1e-5
  /// The stages whose maps are wanted.
  public var outFeatures = SwinConfiguration.stageNames

  /// All stages.
  static let stageNames = ["stage1", "stage2", "stage3", "stage4"]

  /// The file's defaults.
  public init() {}

  /// Channels of each stage's map.
  public var channels: [Int] { depths.indices.map { embedDim << $0 } }

  /// Every option of transformers' `SwinConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("num_channels", &numChannels, within: Bounds.channels)
    try options.bind("patch_size", &patchSize, within: Bounds.scale)
    try options.bind("embed_dim", &embedDim, within: Bounds.channels)
    try options.bind("depths", &depths, within: Bounds.stack)
    try options.bind("num_heads", &numHeads, within: Bounds.channels)
    try options.bind("window_size", &windowSize, within: 1...32)
    try options.bind("mlp_ratio", &mlpRatio, within: 0.125...16)
    try options.bind("qkv_bias", &qkvBias)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.bind("out_features", &outFeatures)
    try options.require("out_indices", among: [[1, 2, 3, 4], nil])
    try options.require("use_absolute_embeddings", among: [false])
    try options.passOverPretrainedConfig()
    // Of the training, and what other options say once more.
    options.ignore(
      "attention_probs_dropout_prob", "drop_path_rate", "encoder_stride", "feature_channels",
      "hidden_dropout_prob", "hidden_size", "image_size", "num_layers", "patch_norm", "path_norm",
      "stage_names", "strides")
  }

  /// Makes sure that each stage has what it needs.
  public func validate(in location: String) throws {
    try require(
      depths.count == 4 && numHeads.count == 4,
      "the backbone has \(depths.count) 'depths' and \(numHeads.count) 'num_heads', expected 4 each",
      in: location)
    try require(
      outFeatures == Self.stageNames,
      "'out_features' of the backbone is \(outFeatures), expected \(Self.stageNames)", in: location)
    for (channels, heads) in zip(channels, numHeads) where channels % heads != 0 {
      throw CheckpointError(
        .configuration("'num_heads' \(heads) does not divide the stage's \(channels) channels"),
        in: location)
    }
  }
}
