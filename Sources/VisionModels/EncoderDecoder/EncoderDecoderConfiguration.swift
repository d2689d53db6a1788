public import Checkpoints
public import NeuralLayers

/// How an ``EncoderDecoder`` is built: the `config.json` that `tools/convert.py` writes beside its weights, with
/// MMSegmentation's words.
public struct EncoderDecoderConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case encoderDecoder = "EncoderDecoder" }

  /// What sees the image.
  public enum Backbone: String, OptionChoice, Sendable, CaseIterable {
    /// With one large kernel first, as torchvision's.
    case resNet = "ResNet"
    /// With three small kernels first.
    case resNetV1c = "ResNetV1c"
  }

  /// What finds the classes.
  public enum DecodeHead: String, OptionChoice, Sendable, CaseIterable {
    /// Of DeepLabV3, as torchvision builds it.
    case deepLab = "DeepLabHead"
    /// Of DeepLabV3.
    case aspp = "ASPPHead"
    /// Of DeepLabV3+.
    case separableASPP = "DepthwiseSeparableASPPHead"
    /// Of PSPNet.
    case psp = "PSPHead"
  }

  private var className = ClassName.encoderDecoder
  /// What sees the image.
  public var backbone = Backbone.resNetV1c
  /// Channels of the image.
  public var inChannels = 3
  /// Channels after the residual network's first kernels.
  public var baseChannels = 64
  /// Layers of each of its stages: those of ResNet-50.
  public var depths = [3, 4, 6, 3]
  /// Pixels from one kernel of a stage's first layer to the next.
  public var strides = [1, 2, 1, 1]
  /// Pixels from tap to tap in the kernels of each stage.
  public var dilations = [1, 1, 2, 4]
  /// What finds the classes.
  public var decodeHead = DecodeHead.separableASPP
  /// Channels of the head.
  public var channels = 512
  /// Pixels from tap to tap in each of its kernels beside one another.
  public var asppDilations = [1, 12, 24, 36]
  /// Channels of the finest map where the head reads it: DeepLabV3+.
  public var c1Channels = 48
  /// Parts of the map along a side, of each mean over them: PSPNet.
  public var poolScales = [1, 2, 3, 6]
  /// The classes.
  public var id2label = LabelNames(count: 21)

  /// DeepLabV3+ with ResNet-50 for PASCAL VOC.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("backbone", &backbone)
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("base_channels", &baseChannels, within: 2...4096)
    try options.bind("depths", &depths, within: Bounds.layers)
    try options.bind("strides", &strides, within: 1...8)
    try options.bind("dilations", &dilations, within: 1...64)
    try options.bind("decode_head", &decodeHead)
    try options.bind("channels", &channels, within: Bounds.channels)
    try options.bind("aspp_dilations", &asppDilations, within: 1...256)
    try options.bind("c1_channels", &c1Channels, within: Bounds.channels)
    try options.bind("pool_scales", &poolScales, within: 1...64)
    try options.bind("id2label", &id2label)
    try options.require("align_corners", among: [false])
  }

  /// Makes sure that each stage has what it needs.
  public func validate(in location: String) throws {
    let stages = depths.count
    try require(
      (1...6).contains(stages) && strides.count == stages && dilations.count == stages,
      "'depths', 'strides' and 'dilations' have \(stages), \(strides.count) and "
        + "\(dilations.count) entries, expected as many each, 1 to 6", in: location)
    try require(
      baseChannels.isMultiple(of: 2), "'base_channels' \(baseChannels) is odd", in: location)
    try require(
      (1...Bounds.blocks).contains(asppDilations.count)
        && (1...Bounds.blocks).contains(poolScales.count),
      "'aspp_dilations' and 'pool_scales' have \(asppDilations.count) and \(poolScales.count) "
        + "entries, expected 1 to \(Bounds.blocks)", in: location)
  }

  /// How the residual network is built.
  var resNet: ResNet.Options {
    ResNet.Options(
      inputs: inChannels, channels: baseChannels, depths: depths, strides: strides,
      dilations: dilations, isDeep: backbone == .resNetV1c)
  }
}
