public import Checkpoints
public import NeuralLayers

/// How a ``UNet2DConditionModel`` is built: the `config.json` beside its weights.
///
/// The names are those of the file, with its defaults for what the file leaves out.
public struct UNetConfiguration: ModelConfiguration, Equatable {
  /// Levels on the way down.
  public enum DownBlockType: String, OptionChoice, Sendable, CaseIterable {
    /// Residual blocks alone.
    case down = "DownBlock2D"
    /// Residual blocks, each followed by a transformer.
    case crossAttention = "CrossAttnDownBlock2D"
  }

  /// Levels on the way up.
  public enum UpBlockType: String, OptionChoice, Sendable, CaseIterable {
    /// Residual blocks alone.
    case up = "UpBlock2D"
    /// Residual blocks, each followed by a transformer.
    case crossAttention = "CrossAttnUpBlock2D"
  }

  /// What the network may be told besides the prompt's tokens.
  public enum AdditionEmbedType: String, OptionChoice, Sendable, CaseIterable {
    /// Pooled text and sizes, as SDXL.
    case textTime = "text_time"
  }

  /// What the transformer blocks have besides their two attentions.
  public enum AttentionType: String, OptionChoice, Sendable, CaseIterable {
    /// Nothing.
    case plain = "default"
    /// A gated self-attention to objects in boxes, as GLIGEN.
    case gated
  }

  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case unet = "UNet2DConditionModel" }

  var className = ClassName.unet
  /// Size of the latents that the network was trained on, in latent pixels.
  public var sampleSize: SampleSize?
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
  /// Whether the transformers' projections are stored as matrices rather than 1×1 kernels.
  public var useLinearProjection = false
  /// What the transformer blocks have besides their two attentions.
  public var attentionType = AttentionType.plain
  /// What the network is told besides the prompt's tokens.
  public var additionEmbedType: AdditionEmbedType?
  /// Channels of the embedding of one size; with ``additionEmbedType`` only.
  public var additionTimeEmbedDim: Int?
  /// Channels of pooled text and sizes together; with ``additionEmbedType`` only.
  public var projectionClassEmbeddingsInputDim: Int?

  /// The file's defaults.
  public init() {}
}
