import Checkpoints

/// What the configuration says about each block.
extension UNetConfiguration {
  /// Channels of the time embedding.
  var timeChannels: Int { 4 * blockOutChannels[0] }

  var levels: Int { blockOutChannels.count }

  /// The level `i` on the way down, finest first.
  func downBlock(_ i: Int) -> UNetBlockOptions {
    let layers = layersPerBlock[i]
    let depths = transformerLayersPerBlock[i]
    return options(
      level: i, layers: layers,
      depths: downBlockTypes[i] == .down ? nil : (0..<layers).map { depths[$0] })
  }

  /// The bottom: one transformer between two residual blocks.
  var midBlock: UNetBlockOptions {
    options(level: levels - 1, layers: 2, depths: [transformerLayersPerBlock[levels - 1][0]])
  }

  /// The level `i` on the way up, coarsest first.
  func upBlock(_ i: Int) -> UNetBlockOptions {
    let level = levels - 1 - i
    let layers = layersPerBlock[level] + 1
    let depths = reverseTransformerLayersPerBlock?[i] ?? transformerLayersPerBlock[level]
    return options(
      level: level, layers: layers,
      depths: upBlockTypes[i] == .up ? nil : (0..<layers).map { depths[$0] })
  }

  private func options(level: Int, layers: Int, depths: [Int]?) -> UNetBlockOptions {
    UNetBlockOptions(
      channels: blockOutChannels[level], layers: layers, timeChannels: timeChannels,
      groups: normNumGroups, epsilon: normEps,
      transformer: depths.map {
        TransformerOptions(
          heads: attentionHeadDim[level], contextChannels: crossAttentionDim[level], depths: $0,
          linearProjection: useLinearProjection, isGated: attentionType == .gated)
      })
  }
}
