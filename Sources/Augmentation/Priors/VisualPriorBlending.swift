public import ImageFiles

extension Image {
  /// Visual Prior Blending: `weight · self + otherWeight · other`, saturated to 8 bits.
  ///
  /// Rounding is that of `cv2.addWeighted`: half to even, on single precision sums.
  ///
  /// - Parameters:
  ///   - weight: The receiver's share.
  ///   - other: One channel, of the same size as the receiver, which has one channel too.
  ///   - otherWeight: The other's share.
  /// - Returns: The sum in three equal channels, as adapters read it.
  ///
  /// Source: Che et al., ICPRAM 2025, section 3.3.
  public func blended(weight: Float, with other: Image, weight otherWeight: Float) -> Image {
    precondition(
      channels == 1 && other.channels == 1 && width == other.width && height == other.height,
      "Blending: \(width)×\(height)×\(channels) and \(other.width)×\(other.height)×\(other.channels) "
        + "must be two one-channel pictures of one size")
    let pixels = zip(pixels, other.pixels).map { a, b in
      let sum = (otherWeight * Float(b)).addingProduct(weight, Float(a))
      return UInt8(min(max(sum.rounded(.toNearestOrEven), 0), 255))
    }
    return Image(width: width, height: height, channels: 1, pixels: pixels).rgb()
  }
}
