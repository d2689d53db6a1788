public import Checkpoints
public import NeuralLayers

/// How a ``UnetGenerator`` is built: the `config.json` that `tools/convert.py` writes beside its weights.
public struct UnetGeneratorConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case unetGenerator = "UnetGenerator" }

  private var className = ClassName.unetGenerator
  /// How often the size is halved and doubled again.
  public var numDowns = 8
  /// Channels after the first halving; they double three times.
  public var baseChannels = 64

  /// The published detector, `netG.pth` of `lllyasviel/Annotators`.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("num_downs", &numDowns, within: 5...12)
    try options.bind("base_channels", &baseChannels, within: 1...4096)
  }

  /// Every combination of numbers within their bounds is a network.
  public func validate(in location: String) {}
}
