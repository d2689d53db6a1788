public import Checkpoints
public import NeuralLayers

/// How a ``PiDiNet`` is built: the `config.json` that `tools/convert.py` writes beside its weights.
public struct PiDiNetConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case piDiNet = "PiDiNet" }

  private var className = ClassName.piDiNet
  /// Channels at the finest of four sizes; the next has twice as many, the two coarsest four times.
  public var baseChannels = 60
  /// Channels in which edges are looked for at every size.
  public var dilationChannels = 24
  /// Channels of the attention to places.
  public var attentionChannels = 4

  /// The published detector, `table5_pidinet.pth` of `lllyasviel/Annotators`.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("base_channels", &baseChannels, within: 1...4096)
    try options.bind("dilation_channels", &dilationChannels, within: 1...4096)
    try options.bind("attention_channels", &attentionChannels, within: 1...4096)
  }

  /// Every combination of numbers within their bounds is a network.
  public func validate(in location: String) {}
}
