public import Checkpoints
public import NeuralLayers

/// How an ``AutoencoderKL`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct AutoencoderKLConfiguration: ModelConfiguration, Equatable {
  /// Levels of the encoder.
  public enum DownBlockType: String, OptionChoice, Sendable, CaseIterable {
    /// Residual blocks alone.
    case downEncoder = "DownEncoderBlock2D"
  }

  /// Levels of the decoder.
  public enum UpBlockType: String, OptionChoice, Sendable, CaseIterable {
    /// Residual blocks alone.
    case upDecoder = "UpDecoderBlock2D"
  }

  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case autoencoderKL = "AutoencoderKL" }

  private var className = ClassName.autoencoderKL
  /// Channels of the images that are read.
  public var inChannels = 3
  /// Channels of the images that are painted.
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
  /// Size of a training image, in pixels; its height is also the side of a tile.
  public var sampleSize: SampleSize = 32
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

  /// Pixels of the image along the side of one latent pixel.
  public var downscaleFactor: Int { 1 << (blockOutChannels.count - 1) }

  /// The file's defaults.
  public init() {}

  /// Every option of diffusers' `AutoencoderKL`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("out_channels", &outChannels, within: Bounds.channels)
    try options.bind("down_block_types", &downBlockTypes)
    try options.bind("up_block_types", &upBlockTypes)
    try options.bind("block_out_channels", &blockOutChannels, within: Bounds.channels)
    try options.bind("layers_per_block", &layersPerBlock, within: Bounds.layers)
    try options.bind("latent_channels", &latentChannels, within: Bounds.channels)
    try options.bind("norm_num_groups", &normNumGroups, within: Bounds.channels)
    try options.bind("sample_size", &sampleSize, within: Bounds.side)
    try options.bind("scaling_factor", &scalingFactor, within: Bounds.magnitude)
    try options.bind("shift_factor", &shiftFactor, within: Bounds.shift)
    try options.bind("force_upcast", &forceUpcast)
    try options.bind("use_quant_conv", &useQuantConv)
    try options.bind("use_post_quant_conv", &usePostQuantConv)
    try options.bind("mid_block_add_attention", &midBlockAddAttention)
    try options.require("act_fn", among: ["silu", "swish"])
    try options.require("latents_mean", among: [nil])
    try options.require("latents_std", among: [nil])
  }

  /// Checks the lists against each other, and that the groups divide the channels.
  public func validate(in location: String) throws {
    try require(
      levels: blockOutChannels.count, down: downBlockTypes.count, up: upBlockTypes.count,
      in: location)
    try require(
      blockOutChannels.allSatisfy { $0 % normNumGroups == 0 },
      "norm_num_groups \(normNumGroups) must divide block_out_channels \(blockOutChannels)",
      in: location)
  }
}
