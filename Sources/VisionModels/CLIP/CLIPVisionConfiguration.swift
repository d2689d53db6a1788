public import Checkpoints
public import NeuralLayers

/// How a ``CLIPVisionModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct CLIPVisionConfiguration: ModelConfiguration, Equatable {
  /// What stands above the encoder.
  public enum Architecture: String, OptionChoice, Sendable, CaseIterable {
    /// Nothing.
    case visionModel = "CLIPVisionModel"
    /// A projection of the pooled output.
    case withProjection = "CLIPVisionModelWithProjection"
  }

  /// The architecture that the file names, in a list of one.
  public var architectures: [Architecture] = [.visionModel]
  /// Channels of a patch.
  public var hiddenSize = 768
  /// Channels between the two matrices of a layer.
  public var intermediateSize = 3072
  /// Channels of the projected output.
  public var projectionDim = 512
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 12
  /// Channels of the image.
  public var numChannels = 3
  /// Side of the image, in pixels.
  public var imageSize = 224
  /// Side of a patch, in pixels.
  public var patchSize = 32
  /// The function between the two matrices of a layer.
  public var hiddenAct = HiddenActivation.quickGELU
  /// Added to the variance by every layer normalisation.
  public var layerNormEps: Float = 1e-5

  /// Whether the pooled output is projected.
  public var hasProjection: Bool { architectures.contains(.withProjection) }

  /// Tokens of an image: its patches, and the one that stands for the whole.
  public var tokens: Int { (imageSize / patchSize) * (imageSize / patchSize) + 1 }

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `CLIPVisionConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("intermediate_size", &intermediateSize, within: Bounds.channels)
    try options.bind("projection_dim", &projectionDim, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("num_channels", &numChannels, within: Bounds.channels)
    try options.bind("image_size", &imageSize, within: Bounds.side)
    try options.bind("patch_size", &patchSize, within: Bounds.side)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.require("model_type", among: ["clip_vision_model"])
    try options.passOverPretrainedConfig()
  }

  /// How the encoder's layers are built.
  var encoderOptions: CLIPEncoderOptions {
    CLIPEncoderOptions(
      channels: hiddenSize, hiddenChannels: intermediateSize, heads: numAttentionHeads,
      activation: hiddenAct, epsilon: layerNormEps, causal: false)
  }

  /// Checks that the heads divide the channels, and that there is a patch.
  public func validate(in location: String) throws {
    try require(
      architectures.count == 1,
      "architectures names \(architectures.count) models, expected one", in: location)
    try require(
      hiddenSize % numAttentionHeads == 0,
      "num_attention_heads \(numAttentionHeads) must divide hidden_size \(hiddenSize)",
      in: location)
    try require(
      patchSize <= imageSize && tokens <= Bounds.tokens.upperBound,
      "an image_size of \(imageSize) with a patch_size of \(patchSize) is no grid of up to "
        + "\(Bounds.tokens.upperBound) patches", in: location)
  }
}
