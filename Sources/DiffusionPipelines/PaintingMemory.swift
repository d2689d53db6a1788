import Checkpoints
import DiffusionModels
import TensorCore

/// The memory that painting a batch takes beside the weights, in bytes.
///
/// It is found by going through the pipeline's networks on a device without memory.
struct PaintingMemory: Sendable, Equatable {
  /// Of a denoising step, with the adapter's features and the prompt's keys and values.
  let sampling: Int
  /// Of turning one picture's latents into the picture.
  let decoding: Int

  /// The most that is needed at once.
  var peak: Int { max(sampling, decoding) }

  init(
    of pipeline: StableDiffusionPipeline, batch: Int, width: Int, height: Int,
    _ settings: SamplingSettings
  ) throws {
    let shape = pipeline.latentShape(width: width, height: height)
    let latents: Shape = [1, shape[2], shape[3], shape[1]]
    sampling = try Self.peak(on: pipeline.device) { device, parameters in
      let unet = try UNet2DConditionModel(parameters, pipeline.unet.configuration)
      let adapter = try pipeline.adapter.map { try T2IAdapter(parameters, $0.configuration) }
      let prompt = PromptEmbedding(
        blank: unet.configuration, tokens: pipeline.promptEncoder.tokens, on: device)
      return {
        let guide = adapter.map {
          Tensor([batch, height, width, $0.configuration.inChannels], on: device)
        }
        let model = GuidedModel(
          unet: unet,
          conditioning: Conditioning(
            prompt, batch: batch, settings, adapterFeatures: guide.flatMap { adapter?($0) } ?? []),
          settings: settings)
        _ = model(
          Tensor(latents.with(first: batch), on: device),
          timeFeatures: unet.timeFeatures(
            [Float](repeating: 0, count: model.samples(for: batch)), on: device),
          usesAdapter: true)
      }
    }
    decoding = try Self.peak(on: pipeline.device) { device, parameters in
      let autoencoder = try AutoencoderKL(parameters, pipeline.autoencoder.configuration)
      return {
        _ = autoencoder.decode(Tensor(latents, on: device), tiled: settings.tilesAutoencoder)
      }
    }
  }

  private static func peak(
    on device: Device, _ prepare: (Device, Parameters) throws -> () throws -> Void
  ) throws -> Int {
    try device.memory { device in
      try prepare(device, Parameters(SyntheticParameters(), device: device))
    }
  }
}

extension PromptEmbedding {
  /// An embedding with a shape only.
  fileprivate init(blank unet: UNetConfiguration, tokens: Int, on device: Device) {
    let sizes = SizeConditioning(height: 0, width: 0).timeIDs.count
    let pooled = unet.projectionClassEmbeddingsInputDim.map {
      Tensor([1, $0 - sizes * (unet.additionTimeEmbedDim ?? 0)], on: device)
    }
    self.init(context: Tensor([1, tokens, unet.crossAttentionDim[0]], on: device), pooled: pooled)
  }
}

extension Conditioning {
  /// One prompt for all pictures of a batch and, with guidance, as its own negative.
  fileprivate init(
    _ prompt: PromptEmbedding, batch: Int, _ settings: SamplingSettings, adapterFeatures: [Tensor]
  ) {
    let prompts = [PromptEmbedding](repeating: prompt, count: batch)
    let sizes = [[Float]](
      repeating: SizeConditioning(height: 0, width: 0).timeIDs, count: batch)
    self.init(
      positives: prompts, negatives: settings.usesGuidance ? prompts : [], timeIDs: sizes,
      negativeTimeIDs: sizes, adapterFeatures: adapterFeatures)
  }
}
