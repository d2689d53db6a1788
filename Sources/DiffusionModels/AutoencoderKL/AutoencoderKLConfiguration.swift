public import Checkpoints

/// How an ``AutoencoderKL`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct AutoencoderKLConfiguration: ModelConfiguration, Equatable {
  /// Levels of the encoder.
  public enum DownBlockType: String, Codable, Sendable, CaseIterable {
    /// Residual blocks alone.
    case downEncoder = "DownEncoderBlock2D"
  }

  /// Levels of the decoder.
  public enum UpBlockType: String, Codable, Sendable, CaseIterable {
    /// Residual blocks alone.
    case upDecoder = "UpDecoderBlock2D"
  }

  /// The architecture that the file names.
  public private(set) var className = "AutoencoderKL"
  /// Channels of the pictures that are read.
  public var inChannels = 3
  /// Channels of the pictures that are painted.
  public var outChannels = 3
  /// Kinds of the encoder's levels, finest first.
  public var downBlockTypes: [DownBlockType] = [.downEncoder]
  /// Kinds of the decoder's levels, coarsest first.
  public var upBlockTypes: [UpBlockType] = [.upDecoder]
  /// Channels of the levels, finest first.
  public var blockOutChannels = [64]
  /// Residual blocks of a level of the encoder; one more in the decoder.
  public var layersPerBlock = 1
  /// Channels of the latents.
  public var latentChannels = 4
  /// Groups of every group normalisation.
  public var normNumGroups = 32
  /// Side of a training picture, in pixels; also that of a tile.
  public var sampleSize = 32
  /// 1 / standard deviation of the latents.
  public var scalingFactor: Float = 0.18215
  /// Mean of the latents; 0 when absent.
  public var shiftFactor: Float?
  /// Whether half precision is too narrow for the network.
  public var forceUpcast = true
  /// Whether the moments pass a 1×1 convolution after the encoder.
  public var useQuantConv = true
  /// Whether the latents pass a 1×1 convolution before the decoder.
  public var usePostQuantConv = true
  /// Whether the coarsest level has attention.
  public var midBlockAddAttention = true

  /// Added to the variance by every group normalisation; no option of the file.
  static let normEps: Float = 1e-6

  /// Pixels of the picture along the side of one latent pixel.
  public var downscaleFactor: Int { 1 << (blockOutChannels.count - 1) }

  /// The file's defaults.
  public init() {}

  /// Reads a file's values over the defaults.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.read(.className, into: &className)
    try file.read(.inChannels, into: &inChannels)
    try file.read(.outChannels, into: &outChannels)
    try file.read(.downBlockTypes, into: &downBlockTypes)
    try file.read(.upBlockTypes, into: &upBlockTypes)
    try file.read(.blockOutChannels, into: &blockOutChannels)
    try file.read(.layersPerBlock, into: &layersPerBlock)
    try file.read(.latentChannels, into: &latentChannels)
    try file.read(.normNumGroups, into: &normNumGroups)
    try file.read(.sampleSize, into: &sampleSize)
    try file.read(.scalingFactor, into: &scalingFactor)
    try file.read(.shiftFactor, into: &shiftFactor)
    try file.read(.forceUpcast, into: &forceUpcast)
    try file.read(.useQuantConv, into: &useQuantConv)
    try file.read(.usePostQuantConv, into: &usePostQuantConv)
    try file.read(.midBlockAddAttention, into: &midBlockAddAttention)
  }

  /// The file's own names.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case className = "_class_name"
    case inChannels = "in_channels"
    case outChannels = "out_channels"
    case downBlockTypes = "down_block_types"
    case upBlockTypes = "up_block_types"
    case blockOutChannels = "block_out_channels"
    case layersPerBlock = "layers_per_block"
    case latentChannels = "latent_channels"
    case normNumGroups = "norm_num_groups"
    case sampleSize = "sample_size"
    case scalingFactor = "scaling_factor"
    case shiftFactor = "shift_factor"
    case forceUpcast = "force_upcast"
    case useQuantConv = "use_quant_conv"
    case usePostQuantConv = "use_post_quant_conv"
    case midBlockAddAttention = "mid_block_add_attention"
  }

  /// Every option of diffusers' `AutoencoderKL`, with the values that this engine follows.
  public static var options: SupportedOptions {
    SupportedOptions(
      decoded: Set(CodingKeys.allCases.map(\.rawValue)),
      fixed: ["act_fn": ["silu", "swish"], "latents_mean": [nil], "latents_std": [nil]])
  }

  /// Checks the lists against each other, and that the groups divide the channels.
  public func validate(in location: String) throws {
    try require(className: className, "AutoencoderKL", in: location)
    try require(
      levels: blockOutChannels.count, down: downBlockTypes.count, up: upBlockTypes.count,
      in: location)
    try require(
      normNumGroups > 0 && blockOutChannels.allSatisfy { $0 > 0 && $0 % normNumGroups == 0 },
      "norm_num_groups \(normNumGroups) must divide block_out_channels \(blockOutChannels)",
      in: location)
    try require(
      scalingFactor > 0 && layersPerBlock > 0 && latentChannels > 0
        && sampleSize > 0,
      "scaling_factor \(scalingFactor), layers_per_block \(layersPerBlock), latent_channels "
        + "\(latentChannels) and sample_size \(sampleSize) are not those of a network", in: location
    )
  }
}
