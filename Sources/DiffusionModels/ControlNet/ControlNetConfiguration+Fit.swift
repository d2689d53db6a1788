import Checkpoints

/// Where a ControlNet's residuals go, and whether a UNet takes them.
extension ControlNetConfiguration {
  /// Pixels of the control image along the side of one pixel of the hint.
  public var downscaleFactor: Int { 1 << (conditioningEmbeddingOutChannels.count - 1) }
}

extension UNetConfiguration {
  /// The feature maps that take a ControlNet's residuals: behind the first convolution, each layer of the way
  /// down and each halving, and last the bottom.
  ///
  /// - Parameter latentScale: Pixels of the image along the side of one latent pixel.
  public func controlNetSites(latentScale: Int) -> [FeatureMap] {
    var sites = [FeatureMap(channels: blockOutChannels[0], scale: latentScale)]
    for (level, channels) in blockOutChannels.enumerated() {
      let site = FeatureMap(channels: channels, scale: latentScale << level)
      sites += [FeatureMap](repeating: site, count: layersPerBlock[level])
      // What is halved, or the bottom, has the channels of this level.
      let below = level + 1 < levels ? level + 1 : level
      sites.append(FeatureMap(channels: channels, scale: latentScale << below))
    }
    return sites
  }
}
