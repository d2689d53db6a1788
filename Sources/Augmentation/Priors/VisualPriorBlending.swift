public import ImageFiles

extension Image {
  /// Visual Prior Blending: `weight · self + otherWeight · other`, saturated to 8 bits.
  ///
  /// Rounding is that of `cv2.addWeighted`: half to even, on single precision sums.
  ///
  /// - Parameters:
  ///   - weight: The receiver's share.
  ///   - other: Of the same size as the receiver; where only one of them has colours, the other's grey is
  ///     repeated.
  ///   - otherWeight: The other's share.
  /// - Returns: The sum in three equal channels, as adapters read it.
  ///
  /// Source: Che et al., ICPRAM 2025, section 3.3.
  public func blended(weight: Float, with other: Image, weight otherWeight: Float) -> Image {
    precondition(
      size == other.size,
      "Blending: \(width)×\(height) and \(other.width)×\(other.height) must be one size")
    guard channels == other.channels else {
      return rgb().blended(weight: weight, with: other.rgb(), weight: otherWeight)
    }
    let pixels = zip(pixels, other.pixels).map { a, b in
      let sum = (otherWeight * Float(b)).addingProduct(weight, Float(a))
      return UInt8(min(max(sum.rounded(.toNearestOrEven), 0), 255))
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels).rgb()
  }
}
