import DiffusionModels
import Tensors

extension UNetConfiguration {
  /// Whether the UNet was made for inpainting: it reads a mask and the latents of an image without what the mask hides,
  /// behind the latents.
  var readsMaskedImages: Bool { inChannels == 2 * outChannels + 1 }
}

extension StableDiffusionPipeline {
  /// Whether the model was made for repainting: its UNet reads what of an image is kept.
  public var readsMasks: Bool { unet.configuration.readsMaskedImages }

  /// Whether the model takes things in boxes.
  public var takesBoxes: Bool { unet.takesObjects }

  /// What keeps the images of a batch outside their masks.
  ///
  /// - Parameters:
  ///   - known: Latents of the images, `[N, h, w, C]`; nil where the model has channels for them.
  ///   - noise: The run's, of the same shape.
  func keepers(
    _ requests: [ImageRequest], _ settings: SamplingSettings, known: Tensor?, noise: Tensor,
    _ sources: inout [NoiseSource]
  ) -> [any StepControl] {
    let (width, height) = (requests[0].width, requests[0].height)
    let masks = requests.compactMap { request in
      request.mask.map { InpaintingMask($0, width: width, height: height) }
    }
    if masks.isEmpty { return [] }
    if unet.configuration.readsMaskedImages {
      let images = requests.indices.map { index in
        encoded(
          masks[index].hidden(in: pixels(of: requests[index]), on: device), settings,
          &sources[index])
      }
      return [MaskedImageChannels(mask: latents(of: masks), image: .stack(samples: images))]
    }
    guard let known else { preconditionFailure("keepers: there are no latents to keep") }
    if let blended = settings.blended {
      let shrinking = (0...blended.widerMasks).reversed().map { latents(of: masks, growing: $0) }
      return [LatentBlending(known: known, masks: .init(shrinking), renoising: .fresh(blended))]
    }
    // diffusers draws for the images without what is repainted here too, and looks at none of it.
    for index in sources.indices {
      _ = sources[index].draw(latentShape(width: width, height: height))
    }
    return [
      LatentBlending(known: known, masks: .init([latents(of: masks)]), renoising: .own(noise))
    ]
  }

  /// The masks of a batch's latents, `[N, h, w, 1]`.
  private func latents(of masks: [InpaintingMask], growing growth: Int = 0) -> Tensor {
    let factor = autoencoder.configuration.downscaleFactor
    return .stack(
      samples: masks.map { $0.latents(downscaleFactor: factor, growing: growth, on: device) })
  }
}
