/// How a resized pixel is made from the pixels around its centre.
public enum ResizeFilter: Sendable, CaseIterable {
  /// The pixel under the centre. Equals Pillow's `NEAREST`.
  case nearest
  /// Two pixels each way, however much the image shrinks. Equals OpenCV's `INTER_LINEAR`.
  case bilinear
  /// A triangle over a pixel each way, widened when shrinking. Equals Pillow's `BILINEAR`, version 13.
  case triangle
  /// Keys' cubic with a = −¾ over four pixels each way, never widened. Equals OpenCV's `INTER_CUBIC` where it uses
  /// its own code, which has no faster one of the processor's maker.
  case cubic
  /// Catmull-Rom's cubic, widened when shrinking. Equals Pillow's `BICUBIC`, version 13.
  case bicubic
  /// A sinc windowed to 3 lobes, widened when shrinking. Equals Pillow's `LANCZOS`, version 13.
  case lanczos
  /// A sinc windowed to 4 lobes, never widened. Equals OpenCV's `INTER_LANCZOS4`.
  case lanczos4
  /// The mean over a pixel's area. Equals OpenCV's `INTER_AREA`, which interpolates linearly instead
  /// when either side grows.
  case area
}

extension Image {
  /// The image at another size.
  ///
  /// - Parameters:
  ///   - width: New width in pixels, at least 1.
  ///   - height: New height in pixels, at least 1.
  ///   - filter: How pixels are weighed.
  /// - Complexity: O(pixels of the larger side's pass · taps); a photograph of 500 × 375 takes a few
  ///   milliseconds.
  public func resized(width: Int, height: Int, _ filter: ResizeFilter) -> Image {
    resized(width: width, height: height, filter, samplesInWork: 1 << 21)
  }

  /// The same; about so many samples, and one row at least, are between two passes at once.
  package func resized(
    width: Int, height: Int, _ filter: ResizeFilter, samplesInWork: Int
  ) -> Image {
    precondition(width > 0 && height > 0, "resized: \(width)×\(height) has no pixels")
    if width == self.width && height == self.height { return self }
    switch filter {
    case .nearest:
      return sampled(width: width, height: height)
    case .bicubic: return resampled(pillow: .cubic, width, height, samplesInWork)
    case .lanczos: return resampled(pillow: .lanczos3, width, height, samplesInWork)
    case .triangle: return resampled(pillow: .triangle, width, height, samplesInWork)
    case .bilinear:
      return resampled(openCV: .linear, width, height, .openCVLinear, samplesInWork)
    case .cubic: return resampled(openCV: .cubic, width, height, .openCVCubic, samplesInWork)
    case .lanczos4: return resampled(openCV: .lanczos4, width, height, .openCV, samplesInWork)
    case .area:
      if width <= self.width && height <= self.height {
        return areaAveraged(width: width, height: height)
      }
      return resampled(
        x: ResampleTaps(enlargedAreaFrom: self.width, to: width),
        y: ResampleTaps(enlargedAreaFrom: self.height, to: height), .openCVLinear, samplesInWork)
    }
  }

  private func resampled(
    pillow kernel: ResampleKernel, _ width: Int, _ height: Int, _ samplesInWork: Int
  ) -> Image {
    resampled(
      x: ResampleTaps(kernel, from: self.width, to: width),
      y: ResampleTaps(kernel, from: self.height, to: height), .pillow, samplesInWork)
  }

  private func resampled(
    openCV kernel: OpenCVKernel, _ width: Int, _ height: Int, _ arithmetic: ResampleArithmetic,
    _ samplesInWork: Int
  ) -> Image {
    resampled(
      x: ResampleTaps(openCV: kernel, from: self.width, to: width),
      y: ResampleTaps(openCV: kernel, from: self.height, to: height), arithmetic, samplesInWork)
  }

  private func sampled(width: Int, height: Int) -> Image {
    let columns = Self.centres(from: self.width, to: width)
    var sampled: [UInt8] = []
    sampled.reserveCapacity(width * height * channels)
    for row in Self.centres(from: self.height, to: height) {
      for column in columns {
        let start = (row * self.width + column) * channels
        for channel in 0..<channels { sampled.append(pixels[start + channel]) }
      }
    }
    return Image(width: width, height: height, channels: channels, pixels: sampled)
  }

  /// The old pixel under each new one's centre, (x + ½) · old / new.
  ///
  /// Summed step by step as in Pillow, whose rounding decides where a centre meets a border.
  private static func centres(from old: Int, to new: Int) -> [Int] {
    let step = Double(old) / Double(new)
    var centre = step / 2
    return (0..<new).map { _ in
      defer { centre += step }
      return min(Int(centre), old - 1)
    }
  }
}
