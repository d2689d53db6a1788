public import Checkpoints
public import NeuralLayers

/// How a ``LineArtGenerator`` is built: the `config.json` that `tools/convert.py` writes beside its
/// weights.
public struct LineArtConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case lineArtGenerator = "LineArtGenerator" }

  private var className = ClassName.lineArtGenerator
  /// Channels of the photograph.
  public var inChannels = 3
  /// Channels of the drawing.
  public var outChannels = 1
  /// Residual blocks at the coarsest size.
  public var numResidualBlocks = 3
  /// Channels at the finest size.
  public var baseChannels = 64

  /// The published detectors, `sk_model.pth` and `sk_model2.pth` of `lllyasviel/Annotators`.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("out_channels", &outChannels, within: Bounds.channels)
    try options.bind(
      "num_residual_blocks", &numResidualBlocks, within: 0...Bounds.layers.upperBound)
    try options.bind("base_channels", &baseChannels, within: 1...1024)
  }

  /// Every combination of numbers within their bounds is a network.
  public func validate(in location: String) {}
}
