public import Checkpoints
public import NeuralLayers
public import Tensors

/// A residual network and a head that finds the class of every place: DeepLabV3, DeepLabV3+ and PSPNet.
///
/// Source: `EncoderDecoder` of MMSegmentation 1.2 and `deeplabv3_resnet50` of torchvision, in their files' names.
public struct EncoderDecoder: PretrainedModel {
  /// How the network is built.
  public let configuration: EncoderDecoderConfiguration
  let backbone: ResNet
  let head: any DecodeHead

  /// A second head that training wanted, and counts of its steps.
  public static var ignoredTensors: [String] { ["num_batches_tracked"] }

  /// Reads `backbone`, and `decode_head` or, of torchvision's files, `classifier`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: EncoderDecoderConfiguration) throws {
    self.configuration = configuration
    backbone = try ResNet(p.backbone, configuration.resNet)
    head =
      switch configuration.decodeHead {
      case .deepLab: try DeepLabHead(p.classifier, configuration)
      case .aspp: try ASPPHead(p.decode_head, configuration)
      case .separableASPP: try DepthwiseSeparableASPPHead(p.decode_head, configuration)
      case .psp: try PSPHead(p.decode_head, configuration)
      }
  }

  /// Looks at images.
  ///
  /// - Parameter images: `[N, H, W, inChannels]`.
  public func callAsFunction(_ images: Tensor) -> EncoderDecoderOutput {
    precondition(
      images.shape.rank == 4 && images.shape[3] == configuration.inChannels,
      "EncoderDecoder: images \(images.shape) must be [N, H, W, \(configuration.inChannels)]")
    let maps = backbone(images)
    return EncoderDecoderOutput(maps: maps, logits: head(maps))
  }
}

/// What an ``EncoderDecoder`` sees.
public struct EncoderDecoderOutput {
  /// The map of each of the backbone's stages, `[N, h, w, C]`.
  public let maps: [Tensor]
  /// The scores of the classes, `[N, h, w, classes]`.
  public let logits: Tensor
}

/// Finds the class of every place in the maps of a backbone's stages.
protocol DecodeHead: Sendable {
  /// - Parameter maps: `[N, h, w, C]` each, the finest first.
  /// - Returns: `[N, h, w, classes]`.
  func callAsFunction(_ maps: [Tensor]) -> Tensor
}
