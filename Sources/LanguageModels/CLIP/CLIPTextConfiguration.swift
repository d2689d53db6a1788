public import Checkpoints
public import NeuralLayers
import Tensors

/// How a ``CLIPTextModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct CLIPTextConfiguration: ModelConfiguration, Equatable {
  /// The function between the two matrices of a layer.
  public enum HiddenActivation: String, OptionChoice, Sendable, CaseIterable {
    /// x · sigmoid(1.702 x), in OpenAI's CLIP.
    case quickGELU = "quick_gelu"
    /// x · Φ(x), in OpenCLIP.
    case gelu

    var activation: Activation { self == .gelu ? .gelu : .quickGELU }
  }

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
    try Self.passOver(options)
  }

  /// What transformers writes for every model, of which nothing changes what this one computes.
  ///
  /// Source: `PretrainedConfig` of transformers 4.0 to 5.23, which wrote all of it into the text part of
  /// a whole CLIP's configuration until 4.40.
  private static func passOver(_ options: Options) throws {
    for key in ["add_cross_attention", "is_decoder", "is_encoder_decoder", "use_bfloat16"] {
      try options.require(key, among: [false])
    }
    try options.require("chunk_size_feed_forward", among: [0])
    try options.require("pruned_heads", among: [.object([:])])
    options.ignore(
      "attention_dropout", "bos_token_id", "dropout", "dtype", "initializer_factor",
      "initializer_range", "pad_token_id", "sep_token_id", "torch_dtype", "transformers_version")
    options.ignore(
      "bad_words_ids", "begin_suppress_tokens", "cross_attention_hidden_size",
      "decoder_start_token_id", "diversity_penalty", "do_sample", "early_stopping",
      "encoder_no_repeat_ngram_size", "exponential_decay_length_penalty", "forced_bos_token_id",
      "forced_eos_token_id", "length_penalty", "max_length", "min_length", "no_repeat_ngram_size",
      "num_beam_groups", "num_beams", "num_return_sequences", "remove_invalid_values",
      "repetition_penalty", "return_dict_in_generate", "suppress_tokens", "temperature", "top_k",
      "top_p", "typical_p", "use_cache")
    options.ignore(
      "attn_implementation", "finetuning_task", "id2label", "label2id", "output_attentions",
      "output_hidden_states", "output_scores", "prefix", "problem_type", "return_dict",
      "task_specific_params", "tf_legacy_loss", "tie_encoder_decoder", "tie_word_embeddings",
      "tokenizer_class", "torchscript")
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
