import Checkpoints
import DiffusionModels
import Tensors

/// What the parts of a batch take beside the weights, in bytes, as the device says: it goes through the same
/// networks with latents and images that have no memory.
extension StableDiffusionPipeline {
  /// Of a denoising step, with what the control networks found and the prompts' keys and values.
  ///
  /// - Parameters:
  ///   - batch: Number of images, of one size.
  ///   - first: One of them, as far as its image prompts and objects go.
  func samplingMemory(
    batch: Int, width: Int, height: Int, like first: ImageRequest, _ settings: SamplingSettings
  ) throws -> Int {
    try device.memory { device in
      let prompt = blankPrompt(on: device)
      return {
        let guidance = Guidance(prompt, batch: batch, settings)
        var active = controls.map {
          let images = Tensor([batch, height, width, $0.imageChannels], on: device)
          let control = $0.control(of: guidance.controlledBatch(images), ControlSettings())
          return (control: control, inputs: [Tensor]())
        }
        active += blankControls(
          samples: guidance.branches.count * batch, like: first, settings, on: device)
        let model = GuidedUNet(unet, guidance)
        let latents = blankLatents(batch: batch, width: width, height: height, on: device)
        let time = model.timeFeatures([0], images: batch, on: device)
        let joining = active + maskedImage(like: latents)
        func predict(_ features: DeepFeatureUse) -> Prediction {
          model(latents, timeFeatures: time, controls: joining, sights: [], features: features)
        }
        if settings.deepFeatureInterval ?? 1 == 1 {
          _ = predict(.computed)
        } else {
          _ = predict(.reused(predict(.kept).kept))
        }
      }
    }
  }

  /// Image prompts and objects with shapes only.
  private func blankControls(
    samples: Int, like request: ImageRequest, _ settings: SamplingSettings, on device: Device
  ) -> [(control: any StepControl, inputs: [Tensor])] {
    let shown = imagePrompts.flatMap { encoder in
      imagePromptControl(
        encoder.blank(images: request.imagePrompts.count, samples: samples, on: device), settings)
    }
    let channels = unet.configuration.crossAttentionDim[0]
    let objects =
      request.objects.isEmpty
      ? nil
      : objectControl(
        Tensor([samples, UNet2DConditionModel.objectSlots, channels], on: device), settings)
    return [shown, objects].compactMap(\.self).map { (control: $0, inputs: []) }
  }

  /// Of turning one image's latents into the image or, for a run that reads images, the other way round.
  func codingMemory(
    width: Int, height: Int, encodesImages: Bool, _ settings: SamplingSettings
  ) throws -> Int {
    let tiled = settings.tilesAutoencoder
    return try device.memory { device in
      {
        let latents = blankLatents(batch: 1, width: width, height: height, on: device)
        _ = autoencoder.decode(latents, tiled: tiled)
        if !encodesImages { return }
        let channels = autoencoder.configuration.inChannels
        let image = Tensor([1, height, width, channels], on: device)
        _ = autoencoder.encode(image, tiled: tiled).sample(noise: latents)
      }
    }
  }

  /// What a model of inpainting reads besides the latents.
  private func maskedImage(
    like latents: Tensor
  ) -> [(control: any StepControl, inputs: [Tensor])] {
    guard unet.configuration.readsMaskedImages else { return [] }
    let mask = Tensor(latents.shape.with(last: 1), on: latents.device)
    return [(control: MaskedImageChannels(mask: mask, image: latents), inputs: [])]
  }

  private func blankLatents(batch: Int, width: Int, height: Int, on device: Device) -> Tensor {
    let shape = latentShape(width: width, height: height)
    return Tensor([batch, shape[2], shape[3], shape[1]], on: device)
  }

  /// An embedding with a shape only.
  private func blankPrompt(on device: Device) -> PromptEmbedding {
    let configuration = unet.configuration
    let sizes = SizeConditioning(height: 0, width: 0).timeIDs.count
    let pooled = configuration.projectionClassEmbeddingsInputDim.map {
      Tensor([1, $0 - sizes * (configuration.additionTimeEmbedDim ?? 0)], on: device)
    }
    return PromptEmbedding(
      context: Tensor([1, promptEncoder.tokens, configuration.crossAttentionDim[0]], on: device),
      pooled: pooled)
  }
}

extension Guidance {
  /// One prompt for all images of a batch and, with guidance, as its own negative.
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
