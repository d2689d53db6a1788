public import Checkpoints
public import NeuralLayers

/// How a ``CLIPTextModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct CLIPTextConfiguration: ModelConfiguration, Equatable {
  /// What stands above the encoder.
  public enum Architecture: String, OptionChoice, Sendable, CaseIterable {
    /// Nothing.
    case textModel = "CLIPTextModel"
    /// A projection of the pooled output.
    case withProjection = "CLIPTextModelWithProjection"
  }

  /// The architecture that the file names, in a list of one.
  public var architectures: [Architecture] = [.textModel]
  /// Number of tokens.
  public var vocabSize = 49408
  /// Channels of a token.
  public var hiddenSize = 512
  /// Channels between the two matrices of a layer.
  public var intermediateSize = 2048
  /// Channels of the projected output.
  public var projectionDim = 512
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 8
  /// Tokens of a prompt, start and end included.
  public var maxPositionEmbeddings = 77
  /// The function between the two matrices of a layer.
  public var hiddenAct = HiddenActivation.quickGELU
  /// Added to the variance by every layer normalisation.
  public var layerNormEps: Float = 1e-5
  /// The token whose position the pooled output is taken from; see ``CLIPTextModel``.
  public var eosTokenId = 49407

  /// Whether the pooled output is projected.
  public var hasProjection: Bool { architectures.contains(.withProjection) }

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `CLIPTextConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try options.bind("vocab_size", &vocabSize, within: Bounds.vocabulary)
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("intermediate_size", &intermediateSize, within: Bounds.channels)
    try options.bind("projection_dim", &projectionDim, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("max_position_embeddings", &maxPositionEmbeddings, within: Bounds.tokens)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.bind("eos_token_id", &eosTokenId, within: 0...Bounds.vocabulary.upperBound)
    try options.require("model_type", among: ["clip_text_model"])
    try options.passOverPretrainedConfig()
  }

  /// How the encoder's layers are built.
  var encoderOptions: CLIPEncoderOptions {
    CLIPEncoderOptions(
      channels: hiddenSize, hiddenChannels: intermediateSize, heads: numAttentionHeads,
      activation: hiddenAct, epsilon: layerNormEps, causal: true)
  }

  /// Checks that the heads divide the channels.
  public func validate(in location: String) throws {
    try require(
      architectures.count == 1,
      "architectures names \(architectures.count) models, expected one", in: location)
    try require(
      hiddenSize % numAttentionHeads == 0,
      "num_attention_heads \(numAttentionHeads) must divide hidden_size \(hiddenSize)",
      in: location)
  }
}
