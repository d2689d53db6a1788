/// An image of 8 bits a channel: interleaved rows, top row first.
public struct Image: Sendable, Equatable {
  /// Pixels a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// 1 for grey, 3 for RGB.
  public let channels: Int
  /// The samples, `[height, width, channels]`.
  public var pixels: [UInt8] {
    didSet { checkCount() }
  }

  /// Wraps samples that exist already.
  ///
  /// - Parameters:
  ///   - width: Pixels a row.
  ///   - height: Rows.
  ///   - channels: 1 or 3.
  ///   - pixels: `[height, width, channels]`; another count traps.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "Image: \(width)×\(height) has no pixels")
    precondition(channels == 1 || channels == 3, "Image: \(channels) channels, expected 1 or 3")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    checkCount()
  }

  /// Makes an image whose samples all have one value.
  public init(width: Int, height: Int, channels: Int, fill: UInt8) {
    let pixels = [UInt8](repeating: fill, count: width * height * channels)
    self.init(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Whether every pixel has the same colour.
  public var isConstant: Bool {
    pixels.indices.allSatisfy { pixels[$0] == pixels[$0 % channels] }
  }

  /// The image in three channels; grey is repeated.
  public func rgb() -> Image {
    guard channels == 1 else { return self }
    var repeated = [UInt8](repeating: 0, count: 3 * pixels.count)
    for (pixel, grey) in pixels.enumerated() {
      repeated[3 * pixel] = grey
      repeated[3 * pixel + 1] = grey
      repeated[3 * pixel + 2] = grey
    }
    return Image(width: width, height: height, channels: 3, pixels: repeated)
  }

  /// The image's luminance in one channel.
  ///
  ///     L = (19595 R + 38470 G + 7471 B + 2¹⁵) / 2¹⁶
  ///
  /// These are Rec. 601's weights in 16 bits, as in Pillow's mode `L`.
  public func grey() -> Image {
    guard channels == 3 else { return self }
    let luminance = (0..<width * height).map { pixel in
      let red = UInt32(pixels[3 * pixel])
      let green = UInt32(pixels[3 * pixel + 1])
      let blue = UInt32(pixels[3 * pixel + 2])
      return UInt8(truncatingIfNeeded: (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16)
    }
    return Image(width: width, height: height, channels: 1, pixels: luminance)
  }

  /// Copies an image of as many channels into this one, its top left corner at `x`, `y`; what would reach beyond
  /// an edge traps.
  public mutating func paste(_ picture: Image, x: Int, y: Int) {
    precondition(
      channels == picture.channels && x >= 0 && y >= 0 && x + picture.width <= width
        && y + picture.height <= height,
      "Image: \(picture.width)×\(picture.height)×\(picture.channels) at \(x), \(y) does not fit into "
        + "\(width)×\(height)×\(channels)")
    let count = channels * picture.width
    for row in 0..<picture.height {
      let target = channels * ((y + row) * width + x)
      pixels.replaceSubrange(
        target..<target + count, with: picture.pixels[row * count..<(row + 1) * count])
    }
  }

  private func checkCount() {
    precondition(
      pixels.count == width * height * channels,
      "Image: \(pixels.count) samples, but \(width)×\(height)×\(channels) needs another count")
  }
}
