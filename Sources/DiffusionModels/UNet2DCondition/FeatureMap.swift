/// A place in a UNet, by what passes it.
public struct FeatureMap: Sendable, Equatable, CustomStringConvertible {
  /// Channels of the map.
  public let channels: Int
  /// Pixels of the image along the side of one pixel of the map.
  public let scale: Int

  /// Such as `320 channels at 1/8`.
  public var description: String { "\(channels) channels at 1/\(scale)" }
}
