public import Checkpoints
public import NeuralLayers

/// How a ``ControlNetHED`` is built: the `config.json` that `tools/convert.py` writes beside its weights.
public struct HEDConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case controlNetHED = "ControlNetHED" }

  private var className = ClassName.controlNetHED
  /// Channels of the photograph.
  public var inChannels = 3
  /// Channels of each block, the finest size first.
  public var blockOutChannels = [64, 128, 256, 512, 512]
  /// Convolutions of each block.
  public var layersPerBlock = [2, 2, 3, 3, 3]

  /// The published detector, `ControlNetHED.pth` of `lllyasviel/Annotators`.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("block_out_channels", &blockOutChannels, within: Bounds.channels)
    try options.bind("layers_per_block", &layersPerBlock, within: Bounds.layers)
  }

  /// Makes sure that there is a depth for every block.
  public func validate(in location: String) throws {
    let (widths, depths) = (blockOutChannels.count, layersPerBlock.count)
    try require(
      (1...8).contains(widths) && widths == depths,
      "'block_out_channels' has \(widths) entries and 'layers_per_block' \(depths), expected as many, 1 to 8",
      in: location)
  }
}
