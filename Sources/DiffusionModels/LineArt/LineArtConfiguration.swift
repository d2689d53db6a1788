public import Checkpoints

/// How a ``LineArtDetector`` is built: the `config.json` that `tools/convert.py` writes beside its
/// weights.
public struct LineArtConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  public private(set) var className = "LineArtGenerator"
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

  /// Reads a file's values over the defaults.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.read(.className, into: &className)
    try file.read(.inChannels, into: &inChannels)
    try file.read(.outChannels, into: &outChannels)
    try file.read(.numResidualBlocks, into: &numResidualBlocks)
    try file.read(.baseChannels, into: &baseChannels)
  }

  /// The file's own names.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case className = "_class_name"
    case inChannels = "in_channels"
    case outChannels = "out_channels"
    case numResidualBlocks = "num_residual_blocks"
    case baseChannels = "base_channels"
  }

  /// Every option of the file.
  public static var options: SupportedOptions {
    SupportedOptions(decoded: Set(CodingKeys.allCases.map(\.rawValue)))
  }

  /// Checks that the numbers are those of a network.
  public func validate(in location: String) throws {
    try require(className: className, "LineArtGenerator", in: location)
    try require(
      inChannels > 0 && outChannels > 0 && numResidualBlocks >= 0 && baseChannels > 0,
      "in_channels \(inChannels), out_channels \(outChannels), num_residual_blocks "
        + "\(numResidualBlocks) and base_channels \(baseChannels) are not those of a network",
      in: location)
  }
}
