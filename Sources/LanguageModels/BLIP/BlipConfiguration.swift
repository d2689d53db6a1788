public import Checkpoints
public import NeuralLayers
public import VisionModels

/// How a ``BlipForConditionalGeneration`` is built: the `config.json` beside its weights.
public struct BlipConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names, in a list of one.
  enum Architecture: String, OptionChoice, CaseIterable {
    case conditionalGeneration = "BlipForConditionalGeneration"
  }

  private var architectures = [Architecture.conditionalGeneration]
  /// What looks at images.
  public var visionConfig = BlipVisionConfiguration()
  /// What writes words.
  public var textConfig = BlipTextConfiguration()

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `BlipConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("architectures", &architectures)
    try options.bind("vision_config", &visionConfig)
    try options.bind("text_config", &textConfig)
    textConfig.encoderHiddenSize = visionConfig.hiddenSize
    try options.require("model_type", among: ["blip"])
    try options.require("tie_word_embeddings", among: [true])
    options.ignore(
      "image_text_hidden_size", "label_smoothing", "logit_scale_init_value", "projection_dim",
      "text_config_dict", "vision_config_dict")
    try options.passOverPretrainedConfig()
  }

  /// Checks the parts.
  public func validate(in location: String) throws {
    try require(
      architectures.count == 1,
      "architectures names \(architectures.count) models, expected one", in: location)
    try visionConfig.validate(in: location)
    try textConfig.validate(in: location)
  }
}
