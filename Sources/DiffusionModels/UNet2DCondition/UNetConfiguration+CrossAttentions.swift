/// A cross-attention of a UNet, as other networks that bring keys and values of their own see it.
public struct CrossAttentionSite: Sendable, Equatable {
  /// Channels of the queries, and so of keys and values.
  public let channels: Int
  /// Channels of what keys and values are made of.
  public let contextChannels: Int
  /// Number of heads.
  public let heads: Int
}

extension UNetConfiguration {
  /// The cross-attentions on the way down, up, and in the middle, in the order of ``PromptContext``.
  public var crossAttentions: [CrossAttentionSite] {
    let blocks = (0..<levels).map(downBlock) + (0..<levels).map(upBlock) + [midBlock]
    return blocks.flatMap { block -> [CrossAttentionSite] in
      guard let transformer = block.transformer else { return [] }
      let site = CrossAttentionSite(
        channels: block.channels, contextChannels: transformer.contextChannels,
        heads: transformer.heads)
      return [CrossAttentionSite](repeating: site, count: transformer.depths.reduce(0, +))
    }
  }
}
