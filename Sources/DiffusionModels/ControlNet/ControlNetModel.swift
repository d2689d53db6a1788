public import Checkpoints
public import NeuralLayers
public import Tensors

/// A copy of a UNet's way down that sees a control image too, and tells the UNet what to add to its skips.
///
/// It runs in every step, but what it makes of the control image alone, ``embed(_:)``, and of the prompt,
/// ``project(encoderHiddenStates:)``, is the same in all of them.
///
/// Source: Zhang, Rao and Agrawala, "Adding Conditional Control to Text-to-Image Diffusion Models", ICCV 2023,
/// arXiv 2302.05543.
public struct ControlNetModel: PretrainedModel {
  /// How the network is built.
  public let configuration: ControlNetConfiguration
  /// What the network sees where there is no control image, if it has learnt that, `[H, W, conditioningChannels]`:
  /// the tensor `drop_out_embedding` of ScribbleGen, Schnell et al., arXiv 2311.17121.
  public let dropOutEmbedding: Tensor?
  let timeEmbedding: UNetTimeEmbedding
  let convIn: Conv2D
  let conditioningEmbedding: ControlNetConditioningEmbedding
  let downBlocks: [DownBlock2D]
  let midBlock: UNetMidBlock2DCrossAttn
  /// A 1×1 convolution for each skip; before the training all are zero.
  let skipConvolutions: [Conv2D]
  let midConvolution: Conv2D

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: ControlNetConfiguration) throws {
    self.configuration = configuration
    let encoder = configuration.encoder
    let channels = encoder.blockOutChannels
    let levels = channels.count
    timeEmbedding = try UNetTimeEmbedding(p, encoder)
    convIn = try Conv2D(p.conv_in, from: encoder.inChannels, to: channels[0], kernel: 3)
    conditioningEmbedding = try ControlNetConditioningEmbedding(
      p.controlnet_cond_embedding, configuration)
    downBlocks = try (0..<levels).map { i in
      try DownBlock2D(
        p.quantised.down_blocks[i], from: channels[max(i - 1, 0)], downsamples: i < levels - 1,
        encoder.downBlock(i))
    }
    midBlock = try UNetMidBlock2DCrossAttn(p.quantised.mid_block, configuration.midBlock)
    let sites = encoder.controlNetSites(latentScale: 1)
    skipConvolutions = try sites.dropLast().enumerated().map { i, site in
      try Conv2D(p.controlnet_down_blocks[i], from: site.channels, to: site.channels, kernel: 1)
    }
    midConvolution = try Conv2D(
      p.controlnet_mid_block, from: channels[levels - 1], to: channels[levels - 1], kernel: 1)
    dropOutEmbedding = try Self.dropOutEmbedding(p, channels: configuration.conditioningChannels)
  }

  private static func dropOutEmbedding(_ p: Parameters, channels: Int) throws -> Tensor? {
    let name = "drop_out_embedding"
    guard p.contains(name) else { return nil }
    let shape = try p.shape(of: name)
    let side = { shape.rank == 3 ? shape[$0] : 1 }
    return try p.tensor(name, [side(0), side(1), channels])
  }

  /// What the network makes of control images, for all steps.
  ///
  /// - Parameter images: `[N, H, W, conditioningChannels]`, 0 … 1; height and width are multiples of
  ///   ``ControlNetConfiguration/downscaleFactor``.
  /// - Returns: The hint, `[N, h, w, blockOutChannels[0]]`, of the latents' size.
  public func embed(_ images: Tensor) -> Tensor {
    precondition(
      images.shape.rank == 4 && images.shape[3] == configuration.conditioningChannels,
      "ControlNetModel: \(images.shape) is not [N, H, W, \(configuration.conditioningChannels)]")
    switch configuration.conditioningChannelOrder {
    case .rgb: return conditioningEmbedding(images)
    case .bgr:
      let channels = (0..<images.shape[3]).reversed().map { images.channels($0..<$0 + 1) }
      return conditioningEmbedding(.concatenate(channels))
    }
  }

  /// What the network's cross-attentions make of a prompt, for all steps.
  ///
  /// - Parameter prompt: Hidden states of its tokens, `[N, L, crossAttentionDim]`.
  public func project(encoderHiddenStates prompt: Tensor) -> PromptContext {
    PromptContext(
      down: downBlocks.map { $0.attentions.map { $0.project(prompt) } }, up: [],
      mid: midBlock.attentions.map { $0.project(prompt) })
  }

  /// The sinusoidal embeddings of timesteps, as ``UNet2DConditionModel/timeFeatures(_:on:)``.
  ///
  /// - Returns: `[timesteps.count, blockOutChannels[0]]`.
  public func timeFeatures(_ timesteps: [Float], on device: Device) -> Tensor {
    timeEmbedding.timesteps(timesteps, on: device)
  }

  /// Finds what a UNet adds to its feature maps in one step.
  ///
  /// - Parameters:
  ///   - sample: Latents, `[N, h, w, inChannels]`.
  ///   - timeFeatures: The timesteps of all samples as ``timeFeatures(_:on:)`` embeds them,
  ///     `[N, blockOutChannels[0]]`.
  ///   - hint: From ``embed(_:)``, `[N, h, w, blockOutChannels[0]]`.
  ///   - context: From ``project(encoderHiddenStates:)``.
  ///   - added: What a network for SDXL wants besides; ignored by the others.
  ///   - scales: What the residuals are multiplied by.
  public func callAsFunction(
    _ sample: Tensor, timeFeatures: Tensor, hint: Tensor, context: PromptContext,
    added: AddedConditions? = nil, scales: ControlNetScales = .init()
  ) -> UNetResiduals {
    precondition(
      hint.shape == sample.shape.with(last: configuration.encoder.blockOutChannels[0]),
      "ControlNetModel: a hint of \(hint.shape) does not fit latents of \(sample.shape)")
    let time = timeEmbedding(timeFeatures, added)
    var h = convIn(sample, residual: hint)
    var skips = [h]
    for (block, context) in zip(downBlocks, context.down) {
      let outputs = block(h, time: time, context: context, residual: nil, probe: nil)
      h = outputs[outputs.count - 1]
      skips += outputs
    }
    h = midBlock(h, time: time, context: context.mid, probe: nil)
    let factors = scales.values(
      skips: skips.count, areEven: configuration.globalPoolConditions)
    let maps = zip(skipConvolutions + [midConvolution], skips + [h]).map { $0($1) }
    var residuals = zip(factors, maps).map { residual($1, scale: $0) }
    let middle = residuals.removeLast()
    return UNetResiduals(skips: residuals, middle: middle)
  }

  /// What is added of a map.
  private func residual(_ map: Tensor, scale: Float) -> Tensor {
    let scaled = scale == 1 ? map : scale * map
    guard configuration.globalPoolConditions else { return scaled }
    let size = MapSize(height: map.shape[1], width: map.shape[2])
    return scaled.globalMean().resize(to: size, .nearest)
  }
}
