import DiffusionModels
import Faults
import ImageFiles
import ImageTensors
import NoiseSchedulers
import Tensors

extension StableDiffusionPipeline {
  /// Where the first step of a batch begins, `[N, h, w, C]`.
  func start(
    _ plan: SamplingPlan, _ requests: [ImageRequest], _ settings: SamplingSettings,
    _ sources: inout [NoiseSource]
  ) -> Tensor {
    // diffusers draws the noise of the latents' distribution first.
    let clean = settings.start == .noise ? nil : latents(of: requests, settings, &sources)
    let noise = noise(for: requests, &sources)
    guard let clean else { return plan.initialNoiseSigma * noise }
    return .combine([(plan.imageStart.signal, clean), (plan.imageStart.noise, noise)])
  }

  /// The noise that the requests bring along or their seeds give, `[N, h, w, C]`.
  private func noise(for requests: [ImageRequest], _ sources: inout [NoiseSource]) -> Tensor {
    .stack(
      samples: requests.indices.map { index in
        let request = requests[index]
        let shape = latentShape(width: request.width, height: request.height)
        let noise = request.initialLatents ?? sources[index].draw(shape)
        return noise.tensor(on: device)
      })
  }

  /// Latents of the requests' images, drawn from the distributions that the autoencoder finds, `[N, h, w, C]`
  /// of unit variance.
  private func latents(
    of requests: [ImageRequest], _ settings: SamplingSettings, _ sources: inout [NoiseSource]
  ) -> Tensor {
    .stack(
      samples: zip(requests.indices, requests).compactMap { index, request in
        request.image.map { image in
          let pixels = image.rgb().resized(width: request.width, height: request.height, .lanczos)
            .tensor(on: device, in: .symmetric)
          let shape = latentShape(width: request.width, height: request.height)
          return autoencoder.scaled(
            autoencoder.encode(pixels, tiled: settings.tilesAutoencoder)
              .sample(noise: sources[index].draw(shape).tensor(on: device)))
        }
      })
  }

  /// Makes sure that there is something to start from.
  func checkStart(_ requests: [ImageRequest], _ settings: SamplingSettings) throws {
    let startsFromImages = settings.start != .noise
    if requests.contains(where: { ($0.image != nil) != startsFromImages }) {
      throw PipelineError(
        .request,
        startsFromImages
          ? "the run starts from images, but a request has none"
          : "a request has an image to start from, but the run starts from noise")
    }
  }

  /// Makes sure that there are steps to take.
  func checkStrength(_ settings: SamplingSettings) throws {
    guard case .image(let strength) = settings.start else { return }
    if (0...1).contains(strength), settings.start.skipped(of: settings.steps) < settings.steps {
      return
    }
    throw PipelineError(
      .request,
      "a strength of \(strength) leaves none of \(settings.steps) steps; expected up to 1, and at least "
        + "\(1 / Double(settings.steps)) for one step", remedies: [Remedy(.steps)])
  }
}
