public import Checkpoints
public import NeuralLayers

/// How a ``ControlNetModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct ControlNetConfiguration: ModelConfiguration, Equatable {
  /// Kinds of bottoms.
  public enum MidBlockType: String, OptionChoice, Sendable, CaseIterable {
    /// A transformer between two residual blocks.
    case crossAttention = "UNetMidBlock2DCrossAttn"
    /// A residual block alone.
    case plain = "UNetMidBlock2D"
  }

  /// Orders of an image's channels.
  public enum ChannelOrder: String, OptionChoice, Sendable, CaseIterable {
    /// As images have them.
    case rgb
    /// The last one first.
    case bgr
  }

  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case controlNet = "ControlNetModel" }

  private var className = ClassName.controlNet
  /// The half of a UNet that the network is a copy of; its way up says nothing.
  public var encoder = UNetConfiguration()
  /// The kind of bottom.
  public var midBlockType = MidBlockType.crossAttention
  /// Channels of the control image.
  public var conditioningChannels = 3
  /// Channels behind each halving of the control image, of which the first has its full size.
  public var conditioningEmbeddingOutChannels = [16, 32, 96, 256]
  /// In which order the network wants the control image's channels.
  public var conditioningChannelOrder = ChannelOrder.rgb
  /// In which order the images that the network was trained on had their channels, and those that it paints have them:
  /// ScribbleGen's networks for PASCAL VOC learnt from images that were read as BGR. diffusers knows no such option.
  public var imageChannelOrder = ChannelOrder.rgb
  /// Whether all pixels of a result get the mean over them, as a network for shuffled images has it.
  public var globalPoolConditions = false

  /// The file's defaults.
  public init() {}

  /// Every option of diffusers' `ControlNetModel`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try encoder.bindEncoder(to: options)
    try options.bind("mid_block_type", &midBlockType)
    try options.bind("conditioning_channels", &conditioningChannels, within: Bounds.channels)
    try options.bind(
      "conditioning_embedding_out_channels", &conditioningEmbeddingOutChannels,
      within: Bounds.channels)
    try options.bind("controlnet_conditioning_channel_order", &conditioningChannelOrder)
    try options.bind("image_channel_order", &imageChannelOrder)
    try options.bind("global_pool_conditions", &globalPoolConditions)
    encoder.upBlockTypes = encoder.downBlockTypes.map { _ in .up }
  }

  /// Checks the lists against each other, and that groups and heads divide the channels.
  public func validate(in location: String) throws {
    let (levels, types) = (encoder.blockOutChannels.count, encoder.downBlockTypes.count)
    try require(
      levels == types,
      "block_out_channels and down_block_types have \(levels) and \(types) entries, expected as many "
        + "of both", in: location)
    let sizes = conditioningEmbeddingOutChannels.count
    try require(
      (1...Bounds.blocks).contains(sizes),
      "conditioning_embedding_out_channels has \(sizes) entries, expected 1 to \(Bounds.blocks)",
      in: location)
    try encoder.validate(in: location)
  }

  /// The bottom, as ``midBlockType`` has it.
  var midBlock: UNetBlockOptions {
    midBlockType == .plain ? encoder.midBlock.withoutTransformers : encoder.midBlock
  }
}
