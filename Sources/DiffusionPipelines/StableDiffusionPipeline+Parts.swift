import DiffusionModels
import Faults
import ImageFiles
import TensorCore

extension StableDiffusionPipeline {
  /// The noise that the requests bring along or their seeds give, `[N, h, w, C]`.
  func noise(for requests: [PictureRequest], _ sources: inout [NoiseSource]) -> Tensor {
    .stack(
      samples: requests.indices.map { index in
        let request = requests[index]
        let shape = latentShape(width: request.width, height: request.height)
        let noise = request.initialLatents ?? sources[index].draw(shape)
        return noise.tensor(on: device)
      })
  }

  /// Prompts, sizes and guides, each computed once for the whole run.
  func conditioning(_ requests: [PictureRequest], _ settings: SamplingSettings) -> Conditioning {
    let positives = requests.map { promptEncoder($0.prompt) }
    let negatives =
      settings.usesGuidance
      ? zip(requests, positives).map { promptEncoder.negative($0.negativePrompt, beside: $1) } : []
    let sizes = requests.map {
      $0.sizeConditioning ?? SizeConditioning(height: $0.height, width: $0.width)
    }
    let negativeSizes = zip(requests, sizes).map { $0.negativeSizeConditioning ?? $1 }
    return Conditioning(
      positives: positives, negatives: negatives, timeIDs: sizes.map(\.timeIDs),
      negativeTimeIDs: negativeSizes.map(\.timeIDs),
      adapterFeatures: adapterFeatures(requests, settings))
  }

  private func adapterFeatures(
    _ requests: [PictureRequest], _ settings: SamplingSettings
  ) -> [Tensor] {
    guard let adapter else { return [] }
    let guides = requests.compactMap { request in
      request.guide.map { guide in
        let image = adapter.configuration.inChannels == 1 ? guide.grey() : guide.rgb()
        return image.resized(width: request.width, height: request.height, .lanczos)
          .tensor(on: device)
      }
    }
    if guides.isEmpty { return [] }
    return adapter(.stack(samples: guides)).map { settings.adapterScale * $0 }
  }

  /// Pictures of latents, one sample at a time since a decoder's feature maps are large.
  func decode(_ latents: Tensor, _ settings: SamplingSettings) throws -> [Image] {
    try (0..<latents.shape[0]).map { index in
      let image = try decode(
        sample: latents.samples(index..<index + 1), tiled: settings.tilesAutoencoder)
      if image.isConstant {
        throw PipelineError(
          .degenerate,
          "the picture came out in a single colour, so it was not kept; check that the weights are "
            + "whole and that model, adapter and scheduler belong together")
      }
      return image
    }
  }

  /// The picture of one sample's latents, `[1, h, w, C]`.
  func decode(sample: Tensor, tiled: Bool) throws -> Image {
    try Self.check(sample, "latents")
    let decoded = autoencoder.decode(autoencoder.unscaled(sample), tiled: tiled)
    try Self.check(decoded, "decoded picture")
    let image = Image.all(of: decoded, in: .symmetric)[0]
    try device.check()
    return image
  }

  private static func check(_ tensor: Tensor, _ name: String) throws {
    let isFinite = tensor.floats().allSatisfy(\.isFinite)
    try tensor.device.check()
    if isFinite { return }
    throw PipelineError(
      .degenerate,
      "the \(name) have numbers that are not finite, so no picture was kept; check that the weights "
        + "are whole and that guidance and adapter scale are moderate")
  }
}
