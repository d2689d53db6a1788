public import Checkpoints
public import NeuralLayers

/// How a ``Blip2QFormerModel`` is built: `qformer_config` of a model's `config.json`.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct Blip2QFormerConfiguration: ModelConfiguration, Equatable {
  /// Channels of a query.
  public var hiddenSize = 768
  /// Channels of a token of the image; those of the vision encoder, whatever the file says.
  public var encoderHiddenSize = 1408
  /// Channels between the two matrices of a layer.
  public var intermediateSize = 3072
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 12
  /// Of how many layers one looks at the image.
  public var crossAttentionFrequency = 2
  /// The function between the two matrices of a layer.
  public var hiddenAct = HiddenActivation.gelu
  /// Added to the variance by every layer normalisation.
  public var layerNormEps: Float = 1e-12

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `Blip2QFormerConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("encoder_hidden_size", &encoderHiddenSize, within: Bounds.channels)
    try options.bind("intermediate_size", &intermediateSize, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("cross_attention_frequency", &crossAttentionFrequency, within: Bounds.stack)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.require("use_qformer_text_input", among: [false])
    try options.require("model_type", among: ["blip_2_qformer"])
    options.ignore(
      "architectures", "attention_probs_dropout_prob", "classifier_dropout", "hidden_dropout_prob",
      "max_position_embeddings", "position_embedding_type", "vocab_size")
    try options.passOverPretrainedConfig()
  }

  /// Checks that the heads divide the channels.
  public func validate(in location: String) throws {
    try require(
      hiddenSize % numAttentionHeads == 0,
      "qformer_config's num_attention_heads \(numAttentionHeads) must divide its hidden_size "
        + "\(hiddenSize)", in: location)
  }
}
