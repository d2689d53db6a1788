extension Image {
  /// What is white in a mask of one channel, black and white, with all that lies up to so many rows and columns away.
  public func grown(by growth: Int) -> Image {
    precondition(channels == 1, "grown: \(channels) channels, expected the one of a mask")
    if growth == 0 { return self }
    let across = Self.grown(pixels, by: growth, lines: height, length: width, stride: 1)
    let both = Self.grown(across, by: growth, lines: width, length: height, stride: width)
    return Image(width: width, height: height, channels: 1, pixels: both)
  }

  /// Grows what is white along lines whose pixels lie `stride` apart.
  private static func grown(
    _ pixels: [UInt8], by growth: Int, lines: Int, length: Int, stride: Int
  ) -> [UInt8] {
    var grown = pixels
    for line in 0..<lines {
      let start = line * (stride == 1 ? length : 1)
      var end = -1
      for place in 0..<length where pixels[start + place * stride] == 255 {
        let first = max(place - growth, end + 1)
        end = min(place + growth, length - 1)
        if first <= end { for other in first...end { grown[start + other * stride] = 255 } }
      }
    }
    return grown
  }
}
