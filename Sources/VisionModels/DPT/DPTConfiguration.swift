public import Checkpoints
public import NeuralLayers

/// How a ``DPTDepthModel`` is built: the `config.json` that `tools/convert.py` writes beside its weights, with
/// transformers' words.
public struct DPTConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case dptDepthModel = "DPTDepthModel" }

  private var className = ClassName.dptDepthModel
  /// The side of the square that the transformer's places were learnt on, in pixels.
  public var imageSize = 384
  /// The side of the square that becomes a token, in pixels.
  public var patchSize = 16
  /// Channels of the transformer.
  public var hiddenSize = 768
  /// Layers of the transformer.
  public var numHiddenLayers = 12
  /// Heads of its attention.
  public var numAttentionHeads = 12
  /// Added to the variances of the transformer's layers.
  public var layerNormEps: Float = 1e-6
  /// The layers that are looked at, the first being 0: the last two or, where no residual network comes first, four.
  public var backboneOutIndices = [8, 11]
  /// Channels of the four maps that are fused, the finest first.
  public var neckHiddenSizes = [256, 512, 768, 768]
  /// Channels in which they are fused.
  public var fusionHiddenSize = 256
  /// Channels before depth comes out.
  public var headSize = 32
  /// Layers of the stages of the residual network before the transformer; empty where there is none.
  public var resnetDepths = [3, 4, 9]
  /// Channels of its stages.
  public var resnetHiddenSizes = [256, 512, 1024]
  /// Channels of its first layer.
  public var resnetEmbeddingSize = 64
  /// Groups of its normalisations.
  public var resnetNumGroups = 32

  /// The hybrid that ControlNet's depth models were trained with, `dpt_hybrid-midas-501f0c75.pt`.
  public init() {}

  /// The large one, `dpt_large-midas-2f21e586.pt`.
  public static let large: DPTConfiguration = {
    var large = DPTConfiguration()
    (large.hiddenSize, large.numHiddenLayers, large.numAttentionHeads) = (1024, 24, 16)
    large.backboneOutIndices = [5, 11, 17, 23]
    large.neckHiddenSizes = [256, 512, 1024, 1024]
    (large.resnetDepths, large.resnetHiddenSizes) = ([], [])
    return large
  }()

  /// Whether a residual network makes the tokens and the two finest maps.
  public var isHybrid: Bool { !resnetDepths.isEmpty }

  /// The places that were learnt, along a side.
  var grid: Int { imageSize / patchSize }

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("image_size", &imageSize, within: Bounds.side)
    try options.bind("patch_size", &patchSize, within: Bounds.scale)
    try options.bind("hidden_size", &hiddenSize, within: Bounds.channels)
    try options.bind("num_hidden_layers", &numHiddenLayers, within: Bounds.stack)
    try options.bind("num_attention_heads", &numAttentionHeads, within: Bounds.channels)
    try options.bind("layer_norm_eps", &layerNormEps, within: Bounds.epsilon)
    try options.bind("backbone_out_indices", &backboneOutIndices, within: 0...255)
    try options.bind("neck_hidden_sizes", &neckHiddenSizes, within: Bounds.channels)
    try options.bind(
      "fusion_hidden_size", &fusionHiddenSize, within: 2...Bounds.channels.upperBound)
    try options.bind("head_size", &headSize, within: Bounds.channels)
    try options.bind("resnet_depths", &resnetDepths, within: Bounds.layers)
    try options.bind("resnet_hidden_sizes", &resnetHiddenSizes, within: Bounds.channels)
    try options.bind("resnet_embedding_size", &resnetEmbeddingSize, within: Bounds.channels)
    try options.bind("resnet_num_groups", &resnetNumGroups, within: Bounds.channels)
  }

  /// Makes sure that heads, groups and the maps that are looked at fit.
  public func validate(in location: String) throws {
    try require(
      hiddenSize % numAttentionHeads == 0,
      "'hidden_size' \(hiddenSize) is no multiple of 'num_attention_heads' \(numAttentionHeads)",
      in: location)
    try require(
      imageSize >= patchSize && imageSize / patchSize <= 256,
      "'image_size' \(imageSize) has no places or too many of 'patch_size' \(patchSize)",
      in: location)
    try require(
      neckHiddenSizes.count == 4,
      "'neck_hidden_sizes' has \(neckHiddenSizes.count) entries, expected 4",
      in: location)
    let wanted = isHybrid ? 2 : 4
    try require(
      backboneOutIndices.count == wanted && backboneOutIndices.allSatisfy { $0 < numHiddenLayers },
      "'backbone_out_indices' is \(backboneOutIndices), expected \(wanted) layers of "
        + "\(numHiddenLayers)", in: location)
    if isHybrid { try validateResNet(in: location) }
  }

  private func validateResNet(in location: String) throws {
    try require(
      resnetDepths.count == 3 && resnetHiddenSizes.count == 3 && patchSize == 16,
      "'resnet_depths' and 'resnet_hidden_sizes' have \(resnetDepths.count) and "
        + "\(resnetHiddenSizes.count) entries for a 'patch_size' of \(patchSize), expected 3 and 16",
      in: location)
    try require(
      Array(neckHiddenSizes.prefix(2)) == Array(resnetHiddenSizes.prefix(2)),
      "'neck_hidden_sizes' \(neckHiddenSizes) do not begin with the first two of "
        + "'resnet_hidden_sizes' \(resnetHiddenSizes)", in: location)
    try require(
      resnetEmbeddingSize % resnetNumGroups == 0
        && resnetHiddenSizes.allSatisfy { $0 % (4 * resnetNumGroups) == 0 },
      "'resnet_num_groups' \(resnetNumGroups) does not divide \(resnetEmbeddingSize) and a quarter "
        + "of \(resnetHiddenSizes)", in: location)
  }
}
