public import Checkpoints
public import NeuralLayers
public import VisionModels

/// How a ``CLIPModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct CLIPConfiguration: ModelConfiguration, Equatable {
  /// What reads words.
  public var textConfig = CLIPTextConfiguration()
  /// What looks at images.
  public var visionConfig = CLIPVisionConfiguration()
  /// Channels in which images and words are compared; those that the parts name count nothing.
  public var projectionDim = 512

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `CLIPConfig`, with the values that this engine follows.
  ///
  /// Files of transformers before 4.27 name the parts' options a second time, under `…_config_dict`. Where they do, those
  /// count, with defaults for what they leave out, as in transformers.
  public mutating func bind(to options: Options) throws {
    try options.bind("text_config", &textConfig)
    if options.has("text_config_dict") {
      textConfig = CLIPTextConfiguration()
      try options.bind("text_config_dict", &textConfig)
    }
    try options.bind("vision_config", &visionConfig)
    if options.has("vision_config_dict") {
      visionConfig = CLIPVisionConfiguration()
      try options.bind("vision_config_dict", &visionConfig)
    }
    try options.bind("projection_dim", &projectionDim, within: Bounds.channels)
    try options.require("architectures", among: [["CLIPModel"]])
    try options.require("model_type", among: ["clip"])
    options.ignore("logit_scale_init_value")
    try options.passOverPretrainedConfig()
  }

  /// Checks the parts.
  public func validate(in location: String) throws {
    try textConfig.validate(in: location)
    try visionConfig.validate(in: location)
  }

  /// The text encoder with this model's projection.
  var projectedText: CLIPTextConfiguration {
    var configuration = textConfig
    configuration.architectures = [.withProjection]
    configuration.projectionDim = projectionDim
    return configuration
  }

  /// The vision encoder with this model's projection.
  var projectedVision: CLIPVisionConfiguration {
    var configuration = visionConfig
    configuration.architectures = [.withProjection]
    configuration.projectionDim = projectionDim
    return configuration
  }
}
