public import Checkpoints
public import NeuralLayers
public import VisionModels

/// How a ``Blip2ForConditionalGeneration`` is built: the `config.json` beside its weights.
public struct Blip2Configuration: ModelConfiguration, Equatable {
  /// The architecture that the file names, in a list of one.
  enum Architecture: String, OptionChoice, CaseIterable {
    case conditionalGeneration = "Blip2ForConditionalGeneration"
  }

  private var architectures = [Architecture.conditionalGeneration]
  /// What looks at images.
  public var visionConfig = BlipVisionConfiguration.evaG
  /// What gathers from an image what is worth saying.
  public var qformerConfig = Blip2QFormerConfiguration()
  /// What writes words.
  public var textConfig = OPTConfiguration()
  /// Queries, and tokens that stand for them in a text.
  public var numQueryTokens = 32
  /// The token that stands for a query; absent in files of transformers before 4.46, whose texts have none.
  public var imageTokenIndex: Int?

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `Blip2Config`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try options.bind("vision_config", &visionConfig)
    try options.bind("qformer_config", &qformerConfig)
    qformerConfig.encoderHiddenSize = visionConfig.hiddenSize
    try options.bind("text_config", &textConfig)
    try options.bind("num_query_tokens", &numQueryTokens, within: Bounds.tokens)
    try options.bind(
      "image_token_index", &imageTokenIndex, within: 0...Bounds.vocabulary.upperBound)
    try options.require("use_decoder_only_language_model", among: [true])
    try options.require("model_type", among: ["blip-2"])
    options.ignore("image_text_hidden_size", "image_token_id")
    try options.passOverPretrainedConfig()
  }

  /// Checks the parts, and that a text has room behind the image.
  public func validate(in location: String) throws {
    try require(
      architectures.count == 1,
      "architectures names \(architectures.count) models, expected one", in: location)
    try visionConfig.validate(in: location)
    try qformerConfig.validate(in: location)
    try textConfig.validate(in: location)
    try require(
      numQueryTokens < textConfig.maxPositionEmbeddings,
      "num_query_tokens \(numQueryTokens) must be below max_position_embeddings "
        + "\(textConfig.maxPositionEmbeddings)", in: location)
  }
}

/// The published captioner.
extension Blip2Configuration {
  /// `Salesforce/blip2-opt-2.7b`.
  public static var opt2_7b: Blip2Configuration {
    var configuration = Blip2Configuration()
    configuration.textConfig.vocabSize = 50304
    configuration.textConfig.hiddenSize = 2560
    configuration.textConfig.ffnDim = 10240
    configuration.textConfig.numHiddenLayers = 32
    configuration.textConfig.numAttentionHeads = 32
    configuration.textConfig.eosTokenId = 50118
    configuration.imageTokenIndex = 50265
    return configuration
  }
}
