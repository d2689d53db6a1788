public import Checkpoints
public import NeuralLayers

/// How a residual network of transformers is built, with its words and defaults: ResNet-50.
public struct ResNetConfiguration: ModelConfiguration, Equatable {
  /// Channels of the image.
  public var numChannels = 3
  /// Channels after the first kernel.
  public var embeddingSize = 64
  /// Channels of each stage's map.
  public var hiddenSizes = [256, 512, 1024, 2048]
  /// Layers of each stage.
  public var depths = [3, 4, 6, 3]
  /// The stages whose maps are wanted.
  public var outFeatures = SwinConfiguration.stageNames

  /// The file's defaults.
  public init() {}

  /// Every option of transformers' `ResNetConfig`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("num_channels", &numChannels, within: Bounds.channels)
    try options.bind("embedding_size", &embeddingSize, within: Bounds.channels)
    try options.bind("hidden_sizes", &hiddenSizes, within: Bounds.channels)
    try options.bind("depths", &depths, within: Bounds.stack)
    try options.bind("out_features", &outFeatures)
    try options.require("out_indices", among: [[1, 2, 3, 4], nil])
    try options.require("layer_type", among: ["bottleneck"])
    try options.require("hidden_act", among: ["relu"])
    try options.require("downsample_in_first_stage", among: [false])
    try options.require("downsample_in_bottleneck", among: [false])
    try options.passOverPretrainedConfig()
    options.ignore("stage_names")
  }

  /// Makes sure that each stage has what it needs.
  public func validate(in location: String) throws {
    try require(
      depths.count == 4 && hiddenSizes.count == 4 && hiddenSizes.allSatisfy { $0 % 4 == 0 },
      "the backbone has 'depths' \(depths) and 'hidden_sizes' \(hiddenSizes), expected 4 each, the latter multiples of 4",
      in: location)
    try require(
      outFeatures == SwinConfiguration.stageNames,
      "'out_features' of the backbone is \(outFeatures), expected \(SwinConfiguration.stageNames)",
      in: location)
  }
}
