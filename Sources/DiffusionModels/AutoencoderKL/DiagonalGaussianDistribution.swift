public import Tensors

/// A normal distribution for every element of an image's latents.
public struct DiagonalGaussianDistribution: Sendable {
  /// Means, `[N, h, w, latentChannels]`.
  public let mean: Tensor
  /// Logarithms of the variances, of the same shape, as the encoder gives them.
  public let logVariance: Tensor

  /// - Parameter moments: Means, then logarithms of variances, along the channels.
  init(moments: Tensor) {
    let channels = moments.shape[-1] / 2
    mean = moments.channels(0..<channels)
    logVariance = moments.channels(channels..<2 * channels)
  }

  /// Draws latents.
  ///
  /// - Parameter noise: Standard normal numbers of the mean's shape.
  /// - Returns: `mean + noise · exp(logVariance / 2)`, with the logarithm kept within −30 … 20.
  public func sample(noise: Tensor) -> Tensor {
    precondition(
      noise.shape == mean.shape, "sample: noise \(noise.shape) must be \(mean.shape)")
    let deviations = (0.5 * logVariance.clamped(to: -30...20)).map(.exponential)
    return mean + noise * deviations
  }
}
