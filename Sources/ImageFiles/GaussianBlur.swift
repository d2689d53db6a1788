extension Image {
  /// The image blurred as by Pillow's `ImageFilter.GaussianBlur`: three box filters of a fractional width along rows, then
  /// along columns, each rounded to 8 bits; beyond an edge its pixel is repeated.
  ///
  /// Source: Gwosdek et al., "Theoretical Foundations of Gaussian Convolution by Extended Box Filtering", SSVM 2011.
  ///
  /// - Parameter radius: The standard deviation in pixels; 0 changes nothing.
  public func gaussianBlurred(radius: Double) -> Image {
    precondition(
      radius >= 0 && radius.isFinite, "gaussianBlurred: a radius of \(radius) pixels is none")
    if radius == 0 { return self }
    let box = ExtendedBox(deviation: Float(radius), passes: 3)
    var result = pixels
    for _ in 0..<3 {
      box.filter(&result, lines: height, length: width, stride: channels, channels: channels)
    }
    for _ in 0..<3 {
      box.filter(
        &result, lines: width, length: height, stride: width * channels, channels: channels)
    }
    return Image(width: width, height: height, channels: channels, pixels: result)
  }
}

/// A box filter whose outermost two samples count in part.
private struct ExtendedBox {
  /// Whole samples on either side of the middle one.
  private let reach: Int
  /// Weights of a whole sample and of the outermost ones, in 24 bits.
  private let weight, edgeWeight: UInt32

  /// The box that, applied so many times, has a Gaussian's variance.
  init(deviation: Float, passes: Int) {
    let variance = deviation * deviation / Float(passes)
    let length = Float((12 * Double(variance) + 1).squareRoot())
    let whole = ((length - 1) / 2).rounded(.down)
    let part =
      (2 * whole + 1) * (whole * (whole + 1) - 3 * variance)
      / (6 * (variance - (whole + 1) * (whole + 1)))
    let radius = whole + part
    reach = Int(radius)
    let one: UInt32 = 1 << 24
    weight = UInt32(Float(one) / (2 * radius + 1))
    edgeWeight = (one - UInt32(2 * reach + 1) * weight) / 2
  }

  /// Filters all lines of an image in place.
  ///
  /// - Parameters:
  ///   - stride: Samples from one pixel of a line to the next.
  ///   - channels: Samples of a pixel.
  func filter(_ pixels: inout [UInt8], lines: Int, length: Int, stride: Int, channels: Int) {
    let lineStride = stride == channels ? length * channels : channels
    var line = [UInt32](repeating: 0, count: length)
    for start in (0..<lines).map({ $0 * lineStride }) {
      for channel in 0..<channels {
        for index in 0..<length { line[index] = UInt32(pixels[start + index * stride + channel]) }
        for (index, value) in filtered(line).enumerated() {
          pixels[start + index * stride + channel] = value
        }
      }
    }
  }

  private func filtered(_ line: [UInt32]) -> [UInt8] {
    let last = line.count - 1
    func sample(_ index: Int) -> UInt32 { line[min(max(index, 0), last)] }
    var sum = (-reach...reach).reduce(UInt32(0)) { $0 + sample($1) }
    return line.indices.map { index in
      let edges = sample(index - reach - 1) + sample(index + reach + 1)
      let value = (sum &* weight &+ edges &* edgeWeight &+ 1 << 23) >> 24
      sum = sum + sample(index + reach + 1) - sample(index - reach)
      return UInt8(value)
    }
  }
}
