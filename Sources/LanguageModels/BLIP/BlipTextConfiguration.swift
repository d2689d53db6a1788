public import Checkpoints
public import NeuralLayers

/// How a ``BlipTextLMHeadModel`` is built: `text_config` of a model's `config.json`.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct BlipTextConfiguration: ModelConfiguration, Equatable {
  /// Number of tokens.
  public var vocabSize = 30524
  /// Channels of a token.
  public var hiddenSize = 768
  /// Channels of a token of the image; those of the vision encoder, whatever the file says.
  public var encoderHiddenSize = 768
  /// Channels between the two matrices of a layer.
  public var intermediateSize = 3072
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 8
  /// Tokens of a text, at most.
  public var maxPositionEmbeddings = 512
  /// The function between the two matrices of a layer.
  public var hiddenAct = HiddenActivation.gelu
  /// Added to the variance by every layer normalisation.
  public var layerNormEps: Float = 1e-12
  /// The token that begins a caption.
  public var bosTokenId = 30522
  /// The token that ends a caption.
  public var sepTokenId = 102

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `BlipTextConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("vocab_size", &vocabSize, within: Bounds.vocabulary)
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("encoder_hidden_size", &encoderHiddenSize, within: Bounds.channels)
    try options.bind("intermediate_size", &intermediateSize, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("max_position_embeddings", &maxPositionEmbeddings, within: Bounds.tokens)
    try options.bind("hidden_act", &hiddenAct)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.bind("bos_token_id", &bosTokenId, within: 0...Bounds.vocabulary.upperBound)
    try options.bind("sep_token_id", &sepTokenId, within: 0...Bounds.vocabulary.upperBound)
    try options.require("model_type", among: ["blip_text_model"])
    // The words' table is the matrix of the last layer too.
    try options.require("tie_word_embeddings", among: [true])
    options.ignore(
      "architectures", "attention_probs_dropout_prob", "eos_token_id", "hidden_dropout_prob",
      "label_smoothing", "projection_dim")
    try options.passOverPretrainedConfig(isDecoder: true)
  }

  /// Checks that the heads divide the channels, and that the caption's ends are tokens.
  public func validate(in location: String) throws {
    try require(
      hiddenSize % numAttentionHeads == 0,
      "text_config's num_attention_heads \(numAttentionHeads) must divide its hidden_size \(hiddenSize)",
      in: location)
    try require(
      max(bosTokenId, sepTokenId) < vocabSize,
      "bos_token_id \(bosTokenId) and sep_token_id \(sepTokenId) must be below vocab_size \(vocabSize)",
      in: location)
  }
}
