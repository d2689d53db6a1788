import ImageFiles

extension Image {
  /// The image at a size of about its shape: as large as fits, in the middle, and around it its outermost pixels again, as
  /// diffusers' resize mode `fill` is meant.
  func resizedAndFilled(width: Int, height: Int) -> Image {
    let isWider = Double(width) / Double(height) < Double(self.width) / Double(self.height)
    let inner = resized(
      width: isWider ? width : max(1, self.width * height / self.height),
      height: isWider ? max(1, self.height * width / self.width) : height, .lanczos)
    let (left, top) = (width / 2 - inner.width / 2, height / 2 - inner.height / 2)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * channels)
    for y in 0..<height {
      let row = min(max(y - top, 0), inner.height - 1)
      for x in 0..<width {
        let start = (row * inner.width + min(max(x - left, 0), inner.width - 1)) * channels
        pixels += inner.pixels[start..<start + channels]
      }
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// The middle of the image at a size of about its shape: diffusers' resize mode `crop`.
  func resizedAndCropped(width: Int, height: Int) -> Image {
    let isWider = Double(width) / Double(height) > Double(self.width) / Double(self.height)
    let outer = resized(
      width: isWider ? width : max(width, self.width * height / self.height),
      height: isWider ? max(height, self.height * width / self.width) : height, .lanczos)
    return outer.cropped(
      x: outer.width / 2 - width / 2, y: outer.height / 2 - height / 2, width: width,
      height: height)
  }

  /// This image where a mask is black, another one where it is white, and a mixture in between; where it is black, to
  /// the bit.
  ///
  /// - Parameters:
  ///   - other: An image of the same size and channels.
  ///   - mask: Of the same size, one channel.
  func covered(by other: Image, where mask: Image) -> Image {
    precondition(
      other.width == width && other.height == height && other.channels == channels
        && mask.width == width && mask.height == height && mask.channels == 1,
      "covered: \(width)×\(height)×\(channels), \(other.width)×\(other.height)×\(other.channels) and a mask of "
        + "\(mask.width)×\(mask.height)×\(mask.channels) do not fit")
    var pixels = pixels
    for (index, share) in mask.pixels.enumerated() where share > 0 {
      for sample in index * channels..<(index + 1) * channels {
        let sum = Int(pixels[sample]) * (255 - Int(share)) + Int(other.pixels[sample]) * Int(share)
        pixels[sample] = UInt8((sum + 127) / 255)
      }
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// A mask that is cut in the middle grey and then rises from its edge inwards, so that what it covers ends in a soft
  /// seam; outside it stays black.
  ///
  /// - Parameter width: Of the seam in pixels, measured along rows and columns; 0 for none.
  func feathered(by width: Int) -> Image {
    let depths = depths(below: width + 1)
    return Image(
      width: self.width, height: height, channels: 1,
      pixels: depths.map { UInt8(255 * min($0, width + 1) / (width + 1)) })
  }

  /// How many rows and columns each white pixel of a mask is away from a black one, up to a limit; the image's own
  /// edges are none.
  private func depths(below limit: Int) -> [Int] {
    let grey = grey().pixels
    var depths = grey.map { $0 >= 128 ? limit : 0 }
    func lower(_ index: Int, by neighbour: Int) {
      depths[index] = min(depths[index], depths[neighbour] + 1)
    }
    for index in depths.indices {
      if index % width > 0 { lower(index, by: index - 1) }
      if index >= width { lower(index, by: index - width) }
    }
    for index in depths.indices.reversed() {
      if index % width < width - 1 { lower(index, by: index + 1) }
      if index + width < depths.count { lower(index, by: index + width) }
    }
    return depths
  }
}
