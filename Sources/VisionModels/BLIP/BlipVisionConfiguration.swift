public import Checkpoints
public import NeuralLayers

/// How a ``BlipVisionModel`` is built, BLIP's or BLIP-2's: `vision_config` of a model's `config.json`.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct BlipVisionConfiguration: ModelConfiguration, Equatable {
  /// Channels of a patch.
  public var hiddenSize = 768
  /// Channels between the two matrices of a layer.
  public var intermediateSize = 3072
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 12
  /// Side of the image, in pixels.
  public var imageSize = 384
  /// Side of a patch, in pixels.
  public var patchSize = 16
  /// The function between the two matrices of a layer.
  public var hiddenAct = HiddenActivation.gelu
  /// Added to the variance by every layer normalisation.
  public var layerNormEps: Float = 1e-5

  /// Tokens of an image: its patches, and the one that stands for the whole.
  public var tokens: Int { (imageSize / patchSize) * (imageSize / patchSize) + 1 }

  /// The file's defaults.
  public init() {}

  /// The defaults of BLIP-2's file: EVA's ViT-g.
  public static var evaG: BlipVisionConfiguration {
    var configuration = BlipVisionConfiguration()
    configuration.hiddenSize = 1408
    configuration.intermediateSize = 6144
    configuration.numHiddenLayers = 39
    configuration.numAttentionHeads = 16
    configuration.imageSize = 224
    configuration.patchSize = 14
    configuration.layerNormEps = 1e-6
    return configuration
  }

  /// Every option of transformers' `BlipVisionConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("intermediate_size", &intermediateSize, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("image_size", &imageSize, within: Bounds.side)
    try options.bind("patch_size", &patchSize, within: Bounds.side)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.require("num_channels", among: [3])
    try options.require("qkv_bias", among: [true])
    try options.require("model_type", among: ["blip_vision_model", "blip_2_vision_model"])
    options.ignore("architectures", "projection_dim")
    try options.passOverPretrainedConfig()
  }

  /// Checks that the heads divide the channels, and that there is a patch.
  public func validate(in location: String) throws {
    try require(
      hiddenSize % numAttentionHeads == 0,
      "vision_config's num_attention_heads \(numAttentionHeads) must divide its hidden_size \(hiddenSize)",
      in: location)
    try require(
      patchSize <= imageSize && tokens <= Bounds.tokens.upperBound,
      "an image_size of \(imageSize) with a patch_size of \(patchSize) is no grid of up to "
        + "\(Bounds.tokens.upperBound) patches", in: location)
  }
}
