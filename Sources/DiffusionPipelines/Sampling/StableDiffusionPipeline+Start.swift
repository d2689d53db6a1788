import DiffusionModels
import ImageFiles
import ImageTensors
import NoiseSchedulers
import Tensors

/// Where the first step of a batch begins, and what keeps its images outside their masks on the way.
struct BatchStart: Sendable {
  /// `[N, h, w, C]`
  let latents: Tensor
  /// None where there are no masks.
  let keepers: [any StepControl]
}

extension StableDiffusionPipeline {
  /// Begins a batch. Noise is drawn in diffusers' order: that of the images' latents, that of the run, that of the
  /// latents of images without what is repainted.
  func start(
    _ plan: SamplingPlan, _ requests: [ImageRequest], _ settings: SamplingSettings,
    _ sources: inout [NoiseSource]
  ) -> BatchStart {
    if repaintsBoxes { return objectStart(plan, requests, settings, &sources) }
    let clean =
      needsImages(requests, settings) ? latents(of: requests, settings, &sources) : nil
    let noise = noise(for: requests, &sources)
    return BatchStart(
      latents: startsAtNoise(requests, settings)
        ? plan.pureStart(settings) * noise
        : .combine([(plan.imageStart.signal, clean ?? noise), (plan.imageStart.noise, noise)]),
      keepers: keepers(requests, settings, known: clean, noise: noise, &sources))
  }

  /// Where diffusers' pipelines for this model begin by default, when they start from images or repaint parts of them.
  public func defaultStart(masked: Bool) -> Start {
    let isXL = unet.configuration.additionEmbedType == .textTime
    return .image(strength: masked || repaintsBoxes ? isXL ? 0.9999 : 1 : isXL ? 0.3 : 0.8)
  }

  /// Whether a batch begins at nothing but noise: where it is asked for, and with masks where diffusers' inpainting
  /// does or Blended Latent Diffusion's script.
  func startsAtNoise(_ requests: [ImageRequest], _ settings: SamplingSettings) -> Bool {
    if settings.blended != nil { return unet.configuration.additionEmbedType != .textTime }
    let isMasked = requests.contains { $0.mask != nil }
    return settings.start == .noise || isMasked && settings.start == .image(strength: 1)
  }

  /// Whether the latents of the whole images are asked for.
  private func needsImages(_ requests: [ImageRequest], _ settings: SamplingSettings) -> Bool {
    !startsAtNoise(requests, settings)
      || requests.contains { $0.mask != nil } && !unet.configuration.readsMaskedImages
  }

  /// The noise that the requests bring along or their seeds give, `[N, h, w, C]`.
  func noise(for requests: [ImageRequest], _ sources: inout [NoiseSource]) -> Tensor {
    .stack(
      samples: requests.indices.map { index in
        let request = requests[index]
        let shape = latentShape(width: request.width, height: request.height)
        let noise = request.initialLatents ?? sources[index].draw(shape)
        return noise.tensor(on: device)
      })
  }

  /// Latents of the requests' images, `[N, h, w, C]` of unit variance: drawn from the distributions that the autoencoder
  /// finds, or their means in Blended Latent Diffusion.
  func latents(
    of requests: [ImageRequest], _ settings: SamplingSettings, _ sources: inout [NoiseSource]
  ) -> Tensor {
    .stack(
      samples: requests.indices.map { index in
        let pixels = pixels(of: requests[index]).tensor(on: device, in: .symmetric)
        if settings.blended == nil { return encoded(pixels, settings, &sources[index]) }
        return autoencoder.scaled(
          autoencoder.encode(pixels, tiled: settings.tilesAutoencoder).mean)
      })
  }

  /// A request's image at the size that is painted, its channels in the model's order.
  func pixels(of request: ImageRequest) -> Image {
    guard let image = request.image else { preconditionFailure("start: a request has no image") }
    return inItsOrder(
      image.rgb().resized(width: request.width, height: request.height, .lanczos))
  }

  /// Latents drawn from the distribution that the autoencoder finds for an image, `[1, h, w, C]` of unit variance.
  ///
  /// - Parameter pixels: `[1, height, width, 3]`, −1 … 1.
  func encoded(
    _ pixels: Tensor, _ settings: SamplingSettings, _ source: inout NoiseSource
  ) -> Tensor {
    let shape = latentShape(width: pixels.shape[2], height: pixels.shape[1])
    return autoencoder.scaled(
      autoencoder.encode(pixels, tiled: settings.tilesAutoencoder)
        .sample(noise: source.draw(shape).tensor(on: device)))
  }
}

extension SamplingPlan {
  /// What noise of variance 1 is multiplied by where a run begins at nothing else. Blended Latent Diffusion leaves out
  /// steps and begins at noise all the same, of the variance that the model wants there.
  fileprivate func pureStart(_ settings: SamplingSettings) -> Float {
    settings.blended == nil ? initialNoiseSigma : 1 / steps[0].inputScale
  }
}
