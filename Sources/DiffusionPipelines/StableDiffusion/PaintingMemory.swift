import Checkpoints
import DiffusionModels
import TensorCore

/// The memory that painting a batch takes beside the weights, in bytes.
///
/// It is found by going through the pipeline's networks on a device without memory.
struct PaintingMemory: Sendable, Equatable {
  /// Of a denoising step, with what the control networks found and the prompt's keys and values.
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
    let fusesGates = pipeline.device.backend.fusesGates
    sampling = try Self.peak(fusesGates: fusesGates) { device, parameters in
      let unet = try UNet2DConditionModel(parameters, pipeline.unet.configuration)
      let controls = try pipeline.loadedControls.map { try $0.rehearsed(parameters) }
      let prompt = PromptEmbedding(
        blank: unet.configuration, tokens: pipeline.promptEncoder.tokens, on: device)
      return {
        let active = controls.map {
          let images = Tensor([batch, height, width, $0.imageChannels], on: device)
          return (control: $0.control(along: images, ControlSettings()), inputs: [Tensor]())
        }
        let model = GuidedUNet(unet, Guidance(prompt, batch: batch, settings))
        _ = model(
          Tensor(latents.with(first: batch), on: device),
          timeFeatures: model.timeFeatures([0], images: batch, on: device), controls: active)
      }
    }
    decoding = try Self.peak(fusesGates: fusesGates) { device, parameters in
      let autoencoder = try AutoencoderKL(parameters, pipeline.autoencoder.configuration)
      return {
        _ = autoencoder.decode(Tensor(latents, on: device), tiled: settings.tilesAutoencoder)
      }
    }
  }

  private static func peak(
    fusesGates: Bool, _ prepare: (Device, Parameters) throws -> () throws -> Void
  ) throws -> Int {
    try DeviceWork(fusesGates: fusesGates) { device in
      try prepare(device, Parameters(SyntheticParameters(), device: device))
    }.peakByteCount
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

extension Guidance {
  /// One prompt for all pictures of a batch and, with guidance, as its own negative.
  fileprivate init(_ prompt: PromptEmbedding, batch: Int, _ settings: SamplingSettings) {
    let prompts = [PromptEmbedding](repeating: prompt, count: batch)
    let sizes = [[Float]](
      repeating: SizeConditioning(height: 0, width: 0).timeIDs, count: batch)
    self =
      settings.usesGuidance
      ? Guidance(prompts, timeIDs: sizes, from: prompts, timeIDs: sizes, scale: 1)
      : Guidance(prompts, timeIDs: sizes)
  }
}
