public import Checkpoints
public import NeuralLayers
import Tensors

/// What sees the image before masks are sought: the `backbone_config` of transformers' networks.
public struct MaskBackboneConfiguration: ModelConfiguration, Equatable {
  /// The kinds of networks.
  public enum Kind: String, OptionChoice, Sendable, CaseIterable { case swin, resnet }

  /// Which of them it is.
  public var kind = Kind.swin
  /// How it is built, if it is a Swin transformer.
  public var swin = SwinConfiguration()
  /// How it is built, if it is a residual network.
  public var resnet = ResNetConfiguration()

  /// Swin-T.
  public init() {}

  /// Swin-S, which transformers takes where a file says nothing.
  static var small: Self {
    var configuration = Self()
    configuration.swin.depths = [2, 2, 18, 2]
    return configuration
  }

  /// Channels of the maps that leave it.
  var channels: [Int] { kind == .swin ? swin.channels : resnet.hiddenSizes }

  /// The kind, and that kind's options.
  public mutating func bind(to options: Options) throws {
    try options.bind("model_type", &kind)
    switch kind {
    case .swin: try swin.bind(to: options)
    case .resnet: try resnet.bind(to: options)
    }
  }

  /// Makes sure that the backbone's values fit each other.
  public func validate(in location: String) throws {
    switch kind {
    case .swin: try swin.validate(in: location)
    case .resnet: try resnet.validate(in: location)
    }
  }
}

extension MaskBackboneConfiguration {
  /// Ties the backbone to `backbone_config`; what names one of other libraries is refused.
  ///
  /// - Throws: `CheckpointError` for a backbone that is not run.
  static func bind(_ backbone: inout Self, to options: Options) throws {
    if options.has("backbone_config") { backbone = Self() }
    try options.bind("backbone_config", &backbone)
    try options.require("backbone", among: [nil])
    try options.require("use_timm_backbone", among: [false, nil])
    options.ignore("backbone_kwargs", "use_pretrained_backbone")
  }
}

/// The network that sees the image.
enum MaskBackbone: Sendable {
  case swin(SwinBackbone)
  case resnet(ResNet)

  /// Reads the network of the configured kind.
  init(_ p: Parameters, _ configuration: MaskBackboneConfiguration) throws {
    switch configuration.kind {
    case .swin: self = .swin(try SwinBackbone(p, configuration.swin))
    case .resnet: self = .resnet(try ResNet(p, configuration.resnet))
    }
  }

  /// Looks at images, `[N, H, W, 3]`.
  ///
  /// - Returns: Maps of a fourth, an eighth, a sixteenth and a thirty-second of the size.
  func callAsFunction(_ images: Tensor) -> [Tensor] {
    switch self {
    case .swin(let network): network(images)
    case .resnet(let network): network(images)
    }
  }
}
