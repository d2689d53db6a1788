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
    let levels = blockOutChannels.count
    try require(
      levels > 0 && downBlockTypes.count == levels && upBlockTypes.count == levels,
      "block_out_channels, down_block_types and up_block_types have \(levels), "
        + "\(downBlockTypes.count) and \(upBlockTypes.count) entries, expected as many of each",
      in: location)
    let fits = [
      "layers_per_block": layersPerBlock.fits(blocks: levels),
      "cross_attention_dim": crossAttentionDim.fits(blocks: levels),
      "attention_head_dim": attentionHeadDim.fits(blocks: levels),
      "transformer_layers_per_block": transformerLayersPerBlock.fits(blocks: levels),
      "reverse_transformer_layers_per_block":
        reverseTransformerLayersPerBlock?.fits(blocks: levels) ?? true,
    ]
    for (key, fits) in fits.sorted(by: { $0.key < $1.key }) {
      try require(
        fits, "\(key) must have one value, or one for each of \(levels) blocks", in: location)
    }
    try validateCounts(in: location)
    try require(
      additionEmbedType == nil
        || additionTimeEmbedDim != nil && projectionClassEmbeddingsInputDim != nil,
      "addition_embed_type needs addition_time_embed_dim and projection_class_embeddings_input_dim",
      in: location)
  }

  private func validateCounts(in location: String) throws {
    for (i, channels) in blockOutChannels.enumerated() {
      let (layers, heads) = (layersPerBlock[i], attentionHeadDim[i])
      try require(
        channels > 0 && layers > 0 && heads > 0 && normNumGroups > 0
          && channels % normNumGroups == 0 && channels % heads == 0,
        "block \(i) has \(channels) channels in \(layers) layers, which norm_num_groups "
          + "\(normNumGroups) and attention_head_dim \(heads) must divide",
        in: location)
      try require(
        transformerLayersPerBlock[i].fits(blocks: layers),
        "transformer_layers_per_block of block \(i) must have one value, or one for each of "
          + "\(layers) layers", in: location)
      // Lists of lists do not say which layer of the way up their numbers are for.
      try require(
        reverseTransformerLayersPerBlock?[levels - 1 - i].fits(blocks: layers + 1)
          ?? (transformerLayersPerBlock[i].values.count == 1),
        "reverse_transformer_layers_per_block must have one value, or one for each of "
          + "\(layers + 1) layers, for block \(levels - 1 - i)", in: location)
    }
  }
}
