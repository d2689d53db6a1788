public import Checkpoints
import NeuralLayers

/// What the file may say, and what it must not.
extension UNetConfiguration {
  /// Every option of diffusers' `UNet2DConditionModel`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
    try options.bind("sample_size", &sampleSize, within: Bounds.side)
    try options.bind("out_channels", &outChannels, within: Bounds.channels)
    try options.bind("up_block_types", &upBlockTypes)
    try options.bind(
      "reverse_transformer_layers_per_block", &reverseTransformerLayersPerBlock,
      within: Bounds.layers)
    try options.bind("attention_type", &attentionType)
    try options.require("conv_out_kernel", among: [3])
    try options.require("mid_block_type", among: ["UNetMidBlock2DCrossAttn"])
    try bindEncoder(to: options)
  }

  /// The options of the way down and the bottom, which a ControlNet has too.
  mutating func bindEncoder(to options: Options) throws {
    try options.bind("in_channels", &inChannels, within: Bounds.channels)
    try options.bind("flip_sin_to_cos", &flipSinToCos)
    try options.bind("freq_shift", &freqShift, within: 0...1)
    try options.bind("down_block_types", &downBlockTypes)
    try options.bind("block_out_channels", &blockOutChannels, within: Bounds.channels)
    try options.bind("layers_per_block", &layersPerBlock, within: Bounds.layers)
    try options.bind("norm_num_groups", &normNumGroups, within: Bounds.channels)
    try options.bind("norm_eps", &normEps, within: Bounds.epsilon)
    try options.bind("cross_attention_dim", &crossAttentionDim, within: Bounds.channels)
    try options.bind(
      "transformer_layers_per_block", &transformerLayersPerBlock, within: Bounds.layers)
    try options.bind("attention_head_dim", &attentionHeadDim, within: Bounds.channels)
    try options.bind("use_linear_projection", &useLinearProjection)
    try options.bind("addition_embed_type", &additionEmbedType)
    try options.bind("addition_time_embed_dim", &additionTimeEmbedDim, within: Bounds.channels)
    try options.bind(
      "projection_class_embeddings_input_dim", &projectionClassEmbeddingsInputDim,
      within: Bounds.channels)
    try Self.requirePlainForms(options)
    // They matter in training, in half precision, or to other kinds of added conditions alone.
    options.ignore("dropout", "upcast_attention", "addition_embed_type_num_heads")
  }

  /// The options of which this engine follows one form.
  private static func requirePlainForms(_ options: Options) throws {
    for key in [
      "class_embed_type", "cross_attention_norm", "encoder_hid_dim", "encoder_hid_dim_type",
      "num_attention_heads", "num_class_embeds", "time_cond_proj_dim", "time_embedding_act_fn",
      "time_embedding_dim", "timestep_post_act",
    ] {
      try options.require(key, among: [nil])
    }
    for key in [
      "center_input_sample", "class_embeddings_concat", "dual_cross_attention",
      "resnet_skip_time_act",
    ] {
      try options.require(key, among: [false])
    }
    try options.require("act_fn", among: ["silu", "swish"])
    try options.require("conv_in_kernel", among: [3])
    try options.require("downsample_padding", among: [1])
    try options.require("mid_block_only_cross_attention", among: [nil, false])
    try options.require("mid_block_scale_factor", among: [1])
    try options.require("only_cross_attention", among: [false], perBlock: true)
    try options.require("resnet_out_scale_factor", among: [1])
    try options.require("resnet_time_scale_shift", among: ["default"])
    try options.require("time_embedding_type", among: ["positional"])
  }

  /// Checks the lists against each other, and that groups and heads divide the channels.
  public func validate(in location: String) throws {
    try require(
      levels: blockOutChannels.count, down: downBlockTypes.count, up: upBlockTypes.count,
      in: location)
    try validateListLengths(in: location)
    for level in 0..<levels { try validate(level: level, in: location) }
    try require(
      transformerCount <= Bounds.transformers,
      "layers_per_block and transformer_layers_per_block make \(transformerCount) transformer "
        + "blocks, expected at most \(Bounds.transformers)", in: location)
    try validateEmbeddings(in: location)
  }

  private func validateListLengths(in location: String) throws {
    let reverse = reverseTransformerLayersPerBlock
    let fits = [
      ("layers_per_block", layersPerBlock.fits(blocks: levels)),
      ("cross_attention_dim", crossAttentionDim.fits(blocks: levels)),
      ("attention_head_dim", attentionHeadDim.fits(blocks: levels)),
      ("transformer_layers_per_block", transformerLayersPerBlock.fits(blocks: levels)),
      ("reverse_transformer_layers_per_block", reverse?.fits(blocks: levels) ?? true),
    ]
    for (key, fits) in fits {
      try require(
        fits, "\(key) must have one value, or one for each of \(levels) blocks", in: location)
    }
  }

  private func validate(level: Int, in location: String) throws {
    let (channels, layers) = (blockOutChannels[level], layersPerBlock[level])
    let heads = attentionHeadDim[level]
    try require(
      channels % normNumGroups == 0,
      "block \(level) has \(channels) channels in \(layers) layers, which norm_num_groups "
        + "\(normNumGroups) must divide", in: location)
    try require(
      !hasAttention(level: level) || channels % heads == 0,
      "block \(level) has \(channels) channels, which attention_head_dim \(heads) must divide",
      in: location)
    try require(
      transformerLayersPerBlock[level].fits(blocks: layers),
      "transformer_layers_per_block of block \(level) must have one value, or one for each of "
        + "\(layers) layers", in: location)
    // Lists of lists do not say which layer of the way up their numbers are for.
    let block = levels - 1 - level
    try require(
      reverseTransformerLayersPerBlock?[block].fits(blocks: layers + 1)
        ?? (transformerLayersPerBlock[level].values.count == 1),
      "reverse_transformer_layers_per_block must have one value, or one for each of "
        + "\(layers + 1) layers, for block \(block)", in: location)
  }

  /// Transformer blocks behind all residual blocks together.
  private var transformerCount: Int {
    let blocks = (0..<levels).flatMap { [downBlock($0), upBlock($0)] } + [midBlock]
    return blocks.reduce(0) { $0 + ($1.transformer?.depths.reduce(0, +) ?? 0) }
  }

  private func hasAttention(level: Int) -> Bool {
    level == levels - 1 || downBlockTypes[level] == .crossAttention
      || upBlockTypes[levels - 1 - level] == .crossAttention
  }

  private func validateEmbeddings(in location: String) throws {
    try require(
      blockOutChannels[0] % 2 == 0,
      "block_out_channels begins with \(blockOutChannels[0]), expected an even number", in: location
    )
    guard additionEmbedType != nil else { return }
    guard let size = additionTimeEmbedDim, projectionClassEmbeddingsInputDim != nil, size % 2 == 0
    else {
      throw CheckpointError(
        .configuration(
          "addition_embed_type needs an even addition_time_embed_dim and a "
            + "projection_class_embeddings_input_dim"), in: location)
    }
  }
}
