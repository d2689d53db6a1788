/// What comes out of an adapter, and where a UNet takes it in.
extension T2IAdapterConfiguration {
  /// Whether each block begins by halving the map.
  var halvings: [Bool] {
    let levels = adapterType == .light ? channels.count + 1 : channels.count
    return (0..<levels).map { adapterType == .fullXL ? $0 == 2 : $0 > 0 }
  }

  /// The feature maps, finest first.
  public var features: [FeatureMap] {
    var scale = downscaleFactor
    return halvings.enumerated().map { i, halves in
      if halves { scale *= 2 }
      return FeatureMap(channels: channels[min(i, channels.count - 1)], scale: scale)
    }
  }

  /// What height and width of the control image should be multiples of.
  public var totalDownscaleFactor: Int {
    halvings.reduce(downscaleFactor) { $1 ? 2 * $0 : $0 }
  }
}

extension UNetConfiguration {
  /// The feature maps that this network takes from an adapter, finest first.
  ///
  /// One is added in each level: before the halving where there is attention, after it where there is
  /// none. A last one is added at the bottom.
  ///
  /// - Parameter latentScale: Pixels of the image along the side of one latent pixel.
  public func adapterSites(latentScale: Int) -> [FeatureMap] {
    let bottom = blockOutChannels.count - 1
    let levels = blockOutChannels.indices.map { i in
      let isHalved = downBlockTypes[i] == .down && i < bottom
      return FeatureMap(
        channels: blockOutChannels[i], scale: latentScale << (isHalved ? i + 1 : i))
    }
    return levels + [.init(channels: blockOutChannels[bottom], scale: latentScale << bottom)]
  }

  /// Whether an adapter's features fit this network.
  ///
  /// - Parameters:
  ///   - adapter: How the adapter is built.
  ///   - latentScale: Pixels of the image along the side of one latent pixel.
  public func takes(_ adapter: T2IAdapterConfiguration, latentScale: Int) -> Bool {
    let sites = adapterSites(latentScale: latentScale)
    return adapter.features.count >= blockOutChannels.count
      && adapter.features.count <= sites.count && zip(adapter.features, sites).allSatisfy(==)
  }
}
