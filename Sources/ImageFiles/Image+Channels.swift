extension Image {
  /// The image with its channels in the opposite order, as programs have it that call them blue, green and red.
  public func reversingChannels() -> Image {
    guard channels > 1 else { return self }
    var reversed = pixels
    for first in stride(from: 0, to: pixels.count, by: channels) {
      reversed.swapAt(first, first + channels - 1)
    }
    return Image(width: width, height: height, channels: channels, pixels: reversed)
  }
}
