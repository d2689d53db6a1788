public import Checkpoints
public import NeuralLayers

/// How an ``OPTForCausalLM`` is built: the `config.json` beside its weights, or `text_config` of BLIP-2's.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct OPTConfiguration: ModelConfiguration, Equatable {
  /// Number of tokens.
  public var vocabSize = 50272
  /// Channels of a token.
  public var hiddenSize = 768
  /// Channels between the two matrices of a layer.
  public var ffnDim = 3072
  /// Number of layers.
  public var numHiddenLayers = 12
  /// Number of heads.
  public var numAttentionHeads = 12
  /// Tokens of a text, at most.
  public var maxPositionEmbeddings = 2048
  /// The token that begins a text.
  public var bosTokenId = 2
  /// The token that ends a text.
  public var eosTokenId = 2

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `OPTConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("vocab_size", &vocabSize, within: Bounds.vocabulary)
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("ffn_dim", &ffnDim, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("max_position_embeddings", &maxPositionEmbeddings, within: Bounds.tokens)
    try options.bind("bos_token_id", &bosTokenId, within: 0...Bounds.vocabulary.upperBound)
    try options.bind("eos_token_id", &eosTokenId, within: 0...Bounds.vocabulary.upperBound)
    try options.require("word_embed_proj_dim", among: [hiddenSize.json, nil])
    try options.require("activation_function", among: ["relu"])
    for key in [
      "do_layer_norm_before", "enable_bias", "layer_norm_elementwise_affine", "tie_word_embeddings",
    ] {
      try options.require(key, among: [true])
    }
    try options.require("_remove_final_layer_norm", among: [false])
    try options.require("model_type", among: ["opt"])
    options.ignore("activation_dropout", "architectures", "init_std", "layerdrop")
    try options.passOverPretrainedConfig()
  }

  /// Checks that the heads divide the channels, and that the text's ends are tokens.
  public func validate(in location: String) throws {
    try require(
      hiddenSize % numAttentionHeads == 0,
      "text_config's num_attention_heads \(numAttentionHeads) must divide its hidden_size \(hiddenSize)",
      in: location)
    try require(
      max(bosTokenId, eosTokenId) < vocabSize,
      "bos_token_id \(bosTokenId) and eos_token_id \(eosTokenId) must be below vocab_size \(vocabSize)",
      in: location)
  }
}
