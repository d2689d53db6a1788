import DiffusionModels
import Faults
import Foundation
import ImageFiles
import ImageTensors
import Tensors

extension StableDiffusionPipeline {
  /// The images of latents, one sample at a time since a decoder's feature maps are large.
  ///
  /// - Throws: ``PipelineError`` for numbers that are not finite and for images of a single colour.
  func output(of latents: Tensor, _ settings: SamplingSettings) throws -> Output {
    let kept = try (0..<latents.shape[0]).map { index in
      let sample = LatentArray(latents.samples(index..<index + 1))
      try check(sample.values, "latents")
      return sample
    }
    let images = try (0..<latents.shape[0]).map { index in
      try image(of: latents.samples(index..<index + 1), tiled: settings.tilesAutoencoder)
    }
    if images.contains(where: \.isConstant) {
      throw PipelineError(
        .degenerate,
        "the image came out in a single colour, so it was not kept; check that the weights are "
          + "whole and that model, control networks and scheduler belong together")
    }
    return Output(images: images, latents: kept)
  }

  /// The image of one sample's latents, `[1, h, w, C]`.
  ///
  /// - Throws: ``PipelineError`` for numbers that are not finite.
  func image(of latents: Tensor, tiled: Bool) throws -> Image {
    let decoded = autoencoder.decode(autoencoder.unscaled(latents), tiled: tiled)
    let numbers = decoded.floats()
    try check(numbers, "decoded image")
    return inItsOrder(Image(numbers, decoded.shape, in: .symmetric))
  }

  private func check(_ numbers: [Float], _ name: String) throws {
    // A device that failed gives numbers too.
    try device.check()
    if numbers.allSatisfy(\.isFinite) { return }
    throw PipelineError(
      .degenerate,
      "the \(name) have numbers that are not finite, so no image was kept; check that the weights "
        + "are whole and that guidance and control scales are moderate")
  }
}
