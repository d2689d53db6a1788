public import Checkpoints

/// How a ``T2IAdapter`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct T2IAdapterConfiguration: ModelConfiguration, Equatable {
  /// Kinds of adapters.
  public enum AdapterType: String, Codable, Sendable, CaseIterable {
    /// For Stable Diffusion 1.x.
    case full = "full_adapter"
    /// For Stable Diffusion XL.
    case fullXL = "full_adapter_xl"
    /// For Stable Diffusion 1.x, with a quarter of the weights.
    case light = "light_adapter"
  }

  /// The architecture that the file names.
  public private(set) var className = "T2IAdapter"
  /// Channels of the guiding picture: 1 for grey, 3 for RGB.
  public var inChannels = 3
  /// Channels of the features, finest first.
  public var channels = [320, 640, 1280, 1280]
  /// Residual blocks of a feature.
  public var numResBlocks = 2
  /// Side of the blocks of pixels that are moved into channels first.
  public var downscaleFactor = 8
  /// The kind of adapter.
  public var adapterType = AdapterType.full

  /// The file's defaults.
  public init() {}

  /// Reads a file's values over the defaults.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.read(.className, into: &className)
    try file.read(.inChannels, into: &inChannels)
    try file.read(.channels, into: &channels)
    try file.read(.numResBlocks, into: &numResBlocks)
    try file.read(.downscaleFactor, into: &downscaleFactor)
    try file.read(.adapterType, into: &adapterType)
  }

  /// The file's own names.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case className = "_class_name"
    case inChannels = "in_channels"
    case channels
    case numResBlocks = "num_res_blocks"
    case downscaleFactor = "downscale_factor"
    case adapterType = "adapter_type"
  }

  /// Every option of diffusers' `T2IAdapter`.
  public static var options: SupportedOptions {
    SupportedOptions(decoded: Set(CodingKeys.allCases.map(\.rawValue)))
  }

  /// Checks that the numbers are those of a network.
  public func validate(in location: String) throws {
    try require(className: className, "T2IAdapter", in: location)
    try require(
      inChannels > 0 && numResBlocks > 0 && downscaleFactor > 0 && !channels.isEmpty
        && channels.allSatisfy { $0 > 0 && (adapterType != .light || $0 % 4 == 0) },
      "in_channels \(inChannels), num_res_blocks \(numResBlocks), downscale_factor "
        + "\(downscaleFactor) and channels \(channels) are not those of a network", in: location)
    // Beyond the first feature it changes the channels at the second and third alone.
    try require(
      adapterType != .fullXL
        || channels.indices.dropFirst(3).allSatisfy { channels[$0] == channels[$0 - 1] },
      "channels \(channels) must stay the same from the third on in a full_adapter_xl",
      in: location)
  }
}
