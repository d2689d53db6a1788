public import Checkpoints

/// How a ``UNet2DConditionModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct UNetConfiguration: ModelConfiguration, Equatable {
  /// Levels on the way down.
  public enum DownBlockType: String, Codable, Sendable, CaseIterable {
    /// Residual blocks alone.
    case down = "DownBlock2D"
    /// Residual blocks, each followed by a transformer.
    case crossAttention = "CrossAttnDownBlock2D"
  }

  /// Levels on the way up.
  public enum UpBlockType: String, Codable, Sendable, CaseIterable {
    /// Residual blocks alone.
    case up = "UpBlock2D"
    /// Residual blocks, each followed by a transformer.
    case crossAttention = "CrossAttnUpBlock2D"
  }

  /// What the network may be told besides the prompt's tokens.
  public enum AdditionEmbedType: String, Codable, Sendable, CaseIterable {
    /// Pooled text and sizes, as SDXL.
    case textTime = "text_time"
  }

  /// The architecture that the file names.
  public private(set) var className = "UNet2DConditionModel"
  /// Side of the latents that the network was trained on, in latent pixels.
  public var sampleSize: Int?
  /// Channels of the latents.
  public var inChannels = 4
  /// Channels of the prediction.
  public var outChannels = 4
  /// Whether the timestep's cosines come before its sines.
  public var flipSinToCos = true
  /// Shift of the denominator of the timestep's frequencies.
  public var freqShift: Float = 0
  /// Kinds of the levels, finest first.
  public var downBlockTypes: [DownBlockType] = [
    .crossAttention, .crossAttention, .crossAttention, .down,
  ]
  /// Kinds of the levels, coarsest first.
  public var upBlockTypes: [UpBlockType] = [
    .up, .crossAttention, .crossAttention, .crossAttention,
  ]
  /// Channels of the levels, finest first.
  public var blockOutChannels = [320, 640, 1280, 1280]
  /// Residual blocks of a level on the way down; one more on the way up.
  public var layersPerBlock = PerBlock(2)
  /// Groups of every group normalisation.
  public var normNumGroups = 32
  /// Added to the variance by every group normalisation but the transformers'.
  public var normEps: Float = 1e-5
  /// Channels of the prompt.
  public var crossAttentionDim = PerBlock(1280)
  /// Transformer blocks behind a residual block, for each level and possibly for each of its layers.
  public var transformerLayersPerBlock = PerBlock(PerBlock(1))
  /// The same on the way up, coarsest level first, where it is not the way down reversed.
  public var reverseTransformerLayersPerBlock: PerBlock<PerBlock<Int>>?
  /// Number of heads. The file calls it a dimension, by an old mistake that all models share.
  public var attentionHeadDim = PerBlock(8)
  /// Whether the transformers' projections are stored as matrices rather than 1×1 windows.
  public var useLinearProjection = false
  /// What the network is told besides the prompt's tokens.
  public var additionEmbedType: AdditionEmbedType?
  /// Channels of the embedding of one size; with ``additionEmbedType`` only.
  public var additionTimeEmbedDim: Int?
  /// Channels of pooled text and sizes together; with ``additionEmbedType`` only.
  public var projectionClassEmbeddingsInputDim: Int?

  /// The file's defaults.
  public init() {}

  /// Reads a file's values over the defaults.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.read(.className, into: &className)
    try file.read(.sampleSize, into: &sampleSize)
    try file.read(.inChannels, into: &inChannels)
    try file.read(.outChannels, into: &outChannels)
    try file.read(.flipSinToCos, into: &flipSinToCos)
    try file.read(.freqShift, into: &freqShift)
    try file.read(.downBlockTypes, into: &downBlockTypes)
    try file.read(.upBlockTypes, into: &upBlockTypes)
    try file.read(.blockOutChannels, into: &blockOutChannels)
    try file.read(.layersPerBlock, into: &layersPerBlock)
    try file.read(.normNumGroups, into: &normNumGroups)
    try file.read(.normEps, into: &normEps)
    try file.read(.crossAttentionDim, into: &crossAttentionDim)
    try file.read(.transformerLayersPerBlock, into: &transformerLayersPerBlock)
    try file.read(.reverseTransformerLayersPerBlock, into: &reverseTransformerLayersPerBlock)
    try file.read(.attentionHeadDim, into: &attentionHeadDim)
    try file.read(.useLinearProjection, into: &useLinearProjection)
    try file.read(.additionEmbedType, into: &additionEmbedType)
    try file.read(.additionTimeEmbedDim, into: &additionTimeEmbedDim)
    try file.read(
      .projectionClassEmbeddingsInputDim, into: &projectionClassEmbeddingsInputDim)
  }

  /// The file's own names.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case className = "_class_name"
    case sampleSize = "sample_size"
    case inChannels = "in_channels"
    case outChannels = "out_channels"
    case flipSinToCos = "flip_sin_to_cos"
    case freqShift = "freq_shift"
    case downBlockTypes = "down_block_types"
    case upBlockTypes = "up_block_types"
    case blockOutChannels = "block_out_channels"
    case layersPerBlock = "layers_per_block"
    case normNumGroups = "norm_num_groups"
    case normEps = "norm_eps"
    case crossAttentionDim = "cross_attention_dim"
    case transformerLayersPerBlock = "transformer_layers_per_block"
    case reverseTransformerLayersPerBlock = "reverse_transformer_layers_per_block"
    case attentionHeadDim = "attention_head_dim"
    case useLinearProjection = "use_linear_projection"
    case additionEmbedType = "addition_embed_type"
    case additionTimeEmbedDim = "addition_time_embed_dim"
    case projectionClassEmbeddingsInputDim = "projection_class_embeddings_input_dim"
  }
}
