public import Checkpoints
public import NeuralLayers

/// How a ``T2IAdapter`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct T2IAdapterConfiguration: ModelConfiguration, Equatable {
  /// Kinds of adapters.
  public enum AdapterType: String, OptionChoice, Sendable, CaseIterable {
    /// For Stable Diffusion 1.x.
    case full = "full_adapter"
    /// For Stable Diffusion XL.
    case fullXL = "full_adapter_xl"
    /// For Stable Diffusion 1.x, with a quarter of the weights.
    case light = "light_adapter"
  }

  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case t2iAdapter = "T2IAdapter" }

  private var className = ClassName.t2iAdapter
  /// Channels of the control image: 1 for grey, 3 for RGB.
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

  /// Every option of diffusers' `T2IAdapter`.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("channels", &channels, within: Bounds.channels)
    try options.bind("num_res_blocks", &numResBlocks, within: Bounds.layers)
    try options.bind("downscale_factor", &downscaleFactor, within: Bounds.scale)
    try options.bind("adapter_type", &adapterType)
  }

  /// Checks the channels.
  public func validate(in location: String) throws {
    try require(
      (1...Bounds.blocks).contains(channels.count)
        && (adapterType != .light || channels.allSatisfy { $0 % 4 == 0 }),
      "channels \(channels) must be 1 to \(Bounds.blocks) numbers, multiples of 4 in a light_adapter",
      in: location)
    // Beyond the first feature it changes the channels at the second and third alone.
    try require(
      adapterType != .fullXL
        || channels.indices.dropFirst(3).allSatisfy { channels[$0] == channels[$0 - 1] },
      "channels \(channels) must stay the same from the third on in a full_adapter_xl",
      in: location)
  }
}
