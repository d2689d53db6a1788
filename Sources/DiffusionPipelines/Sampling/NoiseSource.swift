import Tensors

/// Draws the noise of one image, in the order in which diffusers does.
package struct NoiseSource: Sendable {
  private var generator: TorchGenerator

  /// Begins a seed's noise.
  package init(seed: UInt64) { generator = TorchGenerator(seed: seed) }

  /// Noise of one sample, channels first as it is drawn.
  ///
  /// - Parameter shape: `[1, C, h, w]`.
  mutating func draw(_ shape: Shape) -> LatentArray {
    LatentArray(generator.normal(count: shape.count), shape)
  }

  /// Noise for a batch, one sample from each source, in the shape of some latents, `[N, h, w, C]`.
  static func draw(from sources: inout [NoiseSource], like latents: Tensor) -> Tensor {
    let shape: Shape = [1, latents.shape[3], latents.shape[1], latents.shape[2]]
    return .stack(
      samples: sources.indices.map { sources[$0].draw(shape).tensor(on: latents.device) })
  }
}
