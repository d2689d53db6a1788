public import Checkpoints

/// What the file may say, and what it must not.
extension UNetConfiguration {
  /// Every option of diffusers' `UNet2DConditionModel`, with the values that this engine follows.
  public static var options: SupportedOptions {
    SupportedOptions(
      decoded: Set(CodingKeys.allCases.map(\.rawValue)).union([
        // They matter in training, in half precision, or to other kinds of added conditions alone.
        "dropout", "upcast_attention", "addition_embed_type_num_heads",
      ]),
      fixed: [
        "act_fn": ["silu", "swish"],
        "attention_type": ["default"],
        "center_input_sample": [false],
        "class_embed_type": [nil],
        "class_embeddings_concat": [false],
        "conv_in_kernel": [3],
        "conv_out_kernel": [3],
        "cross_attention_norm": [nil],
        "downsample_padding": [1],
        "dual_cross_attention": [false],
        "encoder_hid_dim": [nil],
        "encoder_hid_dim_type": [nil],
        "mid_block_only_cross_attention": [nil, false],
        "mid_block_scale_factor": [1],
        "mid_block_type": ["UNetMidBlock2DCrossAttn"],
        "num_attention_heads": [nil],
        "num_class_embeds": [nil],
        "only_cross_attention": [false],
        "resnet_out_scale_factor": [1],
        "resnet_skip_time_act": [false],
        "resnet_time_scale_shift": ["default"],
        "time_cond_proj_dim": [nil],
        "time_embedding_act_fn": [nil],
        "time_embedding_dim": [nil],
        "time_embedding_type": ["positional"],
        "timestep_post_act": [nil],
      ])
  }

  /// Checks the lists against each other, and that groups and heads divide the channels.
  public func validate(in location: String) throws {
    try require(className: className, "UNet2DConditionModel", in: location)
    try require(
      levels: blockOutChannels.count, down: downBlockTypes.count, up: upBlockTypes.count,
      in: location)
    try require(
      inChannels > 0 && outChannels > 0 && normNumGroups > 0,
      "in_channels \(inChannels), out_channels \(outChannels) and norm_num_groups "
        + "\(normNumGroups) must be positive", in: location)
    try validateListLengths(in: location)
    for level in 0..<levels { try validate(level: level, in: location) }
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
    let (heads, context) = (attentionHeadDim[level], crossAttentionDim[level])
    try require(
      channels > 0 && layers > 0 && channels % normNumGroups == 0,
      "block \(level) has \(channels) channels in \(layers) layers, which norm_num_groups "
        + "\(normNumGroups) must divide", in: location)
    try require(
      !hasAttention(level: level) || heads > 0 && context > 0 && channels % heads == 0,
      "block \(level) has \(channels) channels, which attention_head_dim \(heads) must divide, and "
        + "cross_attention_dim \(context), which must be positive", in: location)
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
    guard let size = additionTimeEmbedDim, let inputs = projectionClassEmbeddingsInputDim,
      size > 0, size % 2 == 0, inputs > 0
    else {
      throw CheckpointError(
        .configuration(
          "addition_embed_type needs an even addition_time_embed_dim and a positive "
            + "projection_class_embeddings_input_dim"), in: location)
    }
  }
}
