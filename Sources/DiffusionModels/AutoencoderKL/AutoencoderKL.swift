public import Checkpoints
public import NeuralLayers
public import Tensors

/// The autoencoder between images and latents.
///
/// Images are RGB in −1 … 1. Latents are those of the network itself; ``scaled(_:)`` and
/// ``unscaled(_:)`` lead to and from the unit variance in which diffusion happens.
///
/// Source: Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models", CVPR 2022,
/// arXiv 2112.10752.
public struct AutoencoderKL: PretrainedModel {
  /// How the network is built.
  public let configuration: AutoencoderKLConfiguration
  let encoder: Encoder
  let decoder: Decoder
  let quantConv, postQuantConv: Conv2D?

  /// Reads the network.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: AutoencoderKLConfiguration) throws {
    self.configuration = configuration
    let latent = configuration.latentChannels
    encoder = try Encoder(p.encoder, configuration)
    decoder = try Decoder(p.decoder, configuration)
    quantConv =
      configuration.useQuantConv
      ? try Conv2D(p.quant_conv, from: 2 * latent, to: 2 * latent, kernel: 1) : nil
    postQuantConv =
      configuration.usePostQuantConv
      ? try Conv2D(p.post_quant_conv, from: latent, to: latent, kernel: 1) : nil
  }

  /// Paints latents.
  ///
  /// - Parameters:
  ///   - latents: `[N, h, w, latentChannels]`, of the network's own scale.
  ///   - tiled: Whether latents larger than a training image are painted in overlapping tiles, which
  ///     bounds the memory but changes the image a little.
  /// - Returns: `[N, f·h, f·w, outChannels]`, nominally −1 … 1, not clamped.
  public func decode(_ latents: Tensor, tiled: Bool = false) -> Tensor {
    tiled && tiling.isExceeded(byLatents: latents.shape)
      ? tiling.decode(latents, decodeWhole) : decodeWhole(latents)
  }

  /// Finds an image's latents.
  ///
  /// - Parameters:
  ///   - image: `[N, H, W, inChannels]`, −1 … 1; height and width are multiples of the factor f.
  ///   - tiled: Whether an image larger than a training image is read in overlapping tiles.
  /// - Returns: The latents' distribution, `[N, H/f, W/f, latentChannels]`, of the network's own scale.
  public func encode(_ image: Tensor, tiled: Bool = false) -> DiagonalGaussianDistribution {
    DiagonalGaussianDistribution(
      moments: tiled && tiling.isExceeded(byImage: image.shape)
        ? tiling.encode(image, encodeWhole) : encodeWhole(image))
  }

  /// The network's latents with unit variance, `(latents − shift) · scale`.
  public func scaled(_ latents: Tensor) -> Tensor {
    let scale = configuration.scalingFactor
    guard let shift = configuration.shiftFactor else { return scale * latents }
    let mean = Tensor(repeating: shift, [latents.shape[-1]], on: latents.device)
    return .combine([(scale, latents), (-scale, mean)])
  }

  /// Latents of unit variance in the network's scale, `latents / scale + shift`.
  public func unscaled(_ latents: Tensor) -> Tensor {
    let scale: Float = 1 / configuration.scalingFactor
    guard let shift = configuration.shiftFactor else { return scale * latents }
    let mean = Tensor(repeating: shift, [latents.shape[-1]], on: latents.device)
    return Tensor.combine([(scale, latents), (1, mean)])
  }

  private var tiling: Tiling { Tiling(configuration) }

  private func decodeWhole(_ latents: Tensor) -> Tensor {
    decoder(postQuantConv?(latents) ?? latents)
  }

  private func encodeWhole(_ image: Tensor) -> Tensor {
    let moments = encoder(image)
    return quantConv?(moments) ?? moments
  }
}
