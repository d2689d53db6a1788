public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network that predicts the noise in a latent image, told by a prompt; Stable Diffusion 1.x,
/// 2.x and XL.
///
/// Source: Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models", CVPR 2022,
/// arXiv 2112.10752; Podell et al., "SDXL", arXiv 2307.01952.
public struct UNet2DConditionModel: PretrainedModel {
  /// How the network is built.
  public let configuration: UNetConfiguration
  let timeEmbedding: UNetTimeEmbedding
  let positionNet: GLIGENTextBoundingboxProjection?
  let convIn: Conv2D
  let downBlocks: [DownBlock2D]
  let midBlock: UNetMidBlock2DCrossAttn
  let upBlocks: [UpBlock2D]
  let normOut: GroupNorm
  let convOut: Conv2D

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: UNetConfiguration) throws {
    self.configuration = configuration
    let channels = configuration.blockOutChannels
    let (first, levels) = (channels[0], channels.count)
    timeEmbedding = try UNetTimeEmbedding(p, configuration)
    positionNet =
      configuration.attentionType == .gated
      ? try GLIGENTextBoundingboxProjection(
        p.position_net, channels: configuration.crossAttentionDim[0]) : nil
    convIn = try Conv2D(p.conv_in, from: configuration.inChannels, to: first, kernel: 3)

    downBlocks = try (0..<levels).map { i in
      try DownBlock2D(
        p.quantised.down_blocks[i], from: channels[max(i - 1, 0)], downsamples: i < levels - 1,
        configuration.downBlock(i))
    }
    midBlock = try UNetMidBlock2DCrossAttn(p.quantised.mid_block, configuration.midBlock)
    upBlocks = try (0..<levels).map { i in
      let level = levels - 1 - i
      return try UpBlock2D(
        p.quantised.up_blocks[i], from: channels[min(level + 1, levels - 1)],
        lastSkip: channels[max(level - 1, 0)], upsamples: level > 0, configuration.upBlock(i))
    }

    normOut = try GroupNorm(
      p.conv_norm_out, channels: first, groups: configuration.normNumGroups,
      epsilon: configuration.normEps, activation: .silu)
    convOut = try Conv2D(p.conv_out, from: first, to: configuration.outChannels, kernel: 3)
  }

  /// Predicts the noise, or the velocity, of latents at one timestep.
  ///
  /// - Parameters:
  ///   - sample: Latents, `[N, H, W, C]`; any size of at least one pixel at every level.
  ///   - timestep: Where in the diffusion the latents are, 0 … 999, for all samples.
  ///   - conditions: What to show.
  /// - Returns: `[N, H, W, outChannels]`.
  public func callAsFunction(
    _ sample: Tensor, timestep: Float, _ conditions: UNetConditions
  ) -> Tensor {
    let timesteps = [Float](repeating: timestep, count: sample.shape[0])
    return self(sample, timeFeatures: timeFeatures(timesteps, on: sample.device), conditions)
  }

  /// The sinusoidal embeddings of timesteps, which are all that a prediction needs to know of time.
  ///
  /// - Returns: `[timesteps.count, blockOutChannels[0]]`.
  public func timeFeatures(_ timesteps: [Float], on device: Device) -> Tensor {
    timeEmbedding.timesteps(timesteps, on: device)
  }

  /// Predicts the noise, or the velocity, of latents without a number from the host, so that it can be
  /// recorded.
  ///
  /// - Parameters:
  ///   - sample: Latents, `[N, H, W, C]`; with the conditions' further channels there are `inChannels`.
  ///   - timeFeatures: The timesteps of all samples as ``timeFeatures(_:on:)`` embeds them,
  ///     `[N, blockOutChannels[0]]`.
  ///   - conditions: What to show.
  ///   - probe: Looks inside.
  /// - Returns: `[N, H, W, outChannels]`.
  public func callAsFunction(
    _ sample: Tensor, timeFeatures: Tensor, _ conditions: UNetConditions, probe: UNetProbe? = nil
  ) -> Tensor {
    precondition(
      timeFeatures.shape == [sample.shape[0], configuration.blockOutChannels[0]],
      "UNet2DConditionModel: time features \(timeFeatures.shape) do not fit \(sample.shape)")
    let (context, residuals) = (conditions.context, conditions.residuals)

    // 1. Time
    let time = timeEmbedding(timeFeatures, conditions.added)

    // 2. Pre-process
    var h = convIn(input(sample, conditions.channels))

    // 3. Down
    var skips = [h]
    for (level, (block, context)) in zip(downBlocks, context.down).enumerated() {
      probe?.enter(.down(level))
      let residual = level < residuals.levels.count ? residuals.levels[level] : nil
      let outputs = block(h, time: time, context: context, residual: residual, probe: probe)
      h = outputs[outputs.count - 1]
      probe?.see(features: h)
      skips += outputs
    }
    skips = add(residuals.skips, to: skips)

    // 4. Mid
    probe?.enter(.middle)
    h = midBlock(h, time: time, context: context.mid, probe: probe)
    if let residual = residuals.middle { h = h + residual }
    probe?.see(features: h)

    // 5. Up
    for (level, (block, context)) in zip(upBlocks, context.up).enumerated() {
      probe?.enter(.up(level))
      h = block(h, skips: &skips, time: time, context: context, probe: probe)
      probe?.see(features: h)
    }

    // 6. Post-process
    return convOut(normOut(consume h, as: convOut.operandType))
  }

  /// Latents with the further channels behind theirs.
  private func input(_ sample: Tensor, _ channels: Tensor?) -> Tensor {
    guard let channels else { return sample }
    return .concatenate([sample, channels.repeated(samples: sample.shape[0])])
  }

  private func add(_ residuals: [Tensor], to skips: [Tensor]) -> [Tensor] {
    if residuals.isEmpty { return skips }
    precondition(
      residuals.count == skips.count,
      "UNet2DConditionModel: \(residuals.count) residuals for \(skips.count) skips")
    return zip(skips, residuals).map { $0 + $1 }
  }
}
