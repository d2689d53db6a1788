public import Checkpoints
import TensorCore

/// How a ``CLIPTextModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct CLIPTextConfiguration: ModelConfiguration, Equatable {
  /// The function between the two matrices of a layer.
  public enum HiddenActivation: String, Codable, Sendable, CaseIterable {
    /// x · sigmoid(1.702 x), in OpenAI's CLIP.
    case quickGELU = "quick_gelu"
    /// x · Φ(x), in OpenCLIP.
    case gelu

    var activation: Activation { self == .gelu ? .gelu : .quickGELU }
  }

  /// What stands above the encoder.
  public enum Architecture: String, Codable, Sendable, CaseIterable {
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

  /// Reads a file's values over the defaults.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.read(.architectures, into: &architectures)
    try file.read(.vocabSize, into: &vocabSize)
    try file.read(.hiddenSize, into: &hiddenSize)
    try file.read(.intermediateSize, into: &intermediateSize)
    try file.read(.projectionDim, into: &projectionDim)
    try file.read(.numHiddenLayers, into: &numHiddenLayers)
    try file.read(.numAttentionHeads, into: &numAttentionHeads)
    try file.read(.maxPositionEmbeddings, into: &maxPositionEmbeddings)
    try file.read(.hiddenAct, into: &hiddenAct)
    try file.read(.layerNormEps, into: &layerNormEps)
    try file.read(.eosTokenId, into: &eosTokenId)
  }

  /// The file's own names.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case architectures
    case vocabSize = "vocab_size"
    case hiddenSize = "hidden_size"
    case intermediateSize = "intermediate_size"
    case projectionDim = "projection_dim"
    case numHiddenLayers = "num_hidden_layers"
    case numAttentionHeads = "num_attention_heads"
    case maxPositionEmbeddings = "max_position_embeddings"
    case hiddenAct = "hidden_act"
    case layerNormEps = "layer_norm_eps"
    case eosTokenId = "eos_token_id"
  }

  /// Every option of transformers' `CLIPTextConfig`, with the values that this engine follows.
  public static var options: SupportedOptions {
    SupportedOptions(
      decoded: Set(CodingKeys.allCases.map(\.rawValue)).union([
        // They matter to training, to the tokenizer, or to the program that wrote the file.
        "attention_dropout", "bos_token_id", "dropout", "dtype", "initializer_factor",
        "initializer_range", "pad_token_id", "torch_dtype", "transformers_version",
      ]),
      fixed: ["model_type": ["clip_text_model"]])
  }

  /// Checks that the heads divide the channels.
  public func validate(in location: String) throws {
    try require(
      architectures.count == 1,
      "architectures names \(architectures.count) models, expected one", in: location)
    try require(
      numAttentionHeads > 0 && hiddenSize > 0 && hiddenSize % numAttentionHeads == 0,
      "num_attention_heads \(numAttentionHeads) must divide hidden_size \(hiddenSize)",
      in: location)
    try require(
      numHiddenLayers > 0 && vocabSize > 0 && maxPositionEmbeddings > 0,
      "num_hidden_layers \(numHiddenLayers), vocab_size \(vocabSize) and "
        + "max_position_embeddings \(maxPositionEmbeddings) must be positive", in: location)
  }
}
