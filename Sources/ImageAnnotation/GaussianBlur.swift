import Foundation
import ImageFiles

extension [Float] {
  /// Blurs interleaved rows by a Gaussian bell; beyond its border the image goes on mirrored at the border's pixels.
  ///
  /// Equals `cv2.GaussianBlur` of single precision with a kernel of automatic size to the last places.
  ///
  /// - Parameter sigma: The bell's standard deviation, in pixels.
  func gaussianBlurred(width: Int, height: Int, channels: Int, sigma: Double) -> [Float] {
    let radius = (Int((sigma * 8 + 1).rounded(.toNearestOrEven)) | 1) / 2
    let bell = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = bell.reduce(0, +)
    let weights = bell[radius...].map { Float($0 / sum) }
    return convolved(weights, count: width, stride: channels, length: width * channels)
      .convolved(weights, count: height, stride: width * channels, length: count)
  }

  /// One pass along an axis of `count` places, `stride` numbers apart, in runs of `length` numbers.
  private func convolved(_ weights: [Float], count: Int, stride: Int, length: Int) -> [Float] {
    let places = (0..<count).map { place in
      weights.indices.map {
        (mirrored(place - $0, count) * stride, mirrored(place + $0, count) * stride)
      }
    }
    var result = self
    for run in Swift.stride(from: 0, to: self.count, by: length) {
      for place in 0..<count {
        for offset in run..<run + stride {
          var sum = weights[0] * self[offset + place * stride]
          for tap in 1..<weights.count {
            let (before, after) = places[place][tap]
            sum += weights[tap] * (self[offset + before] + self[offset + after])
          }
          result[offset + place * stride] = sum
        }
      }
    }
    return result
  }
}

extension Image {
  /// A grey image blurred by a bell of deviation 3, in OpenCV's fixed point of 8 places.
  ///
  /// Equals `cv2.GaussianBlur(image, (0, 0), 3)` of 8 bits.
  func gaussianBlurredByThree() -> Image {
    precondition(channels == 1, "gaussianBlurredByThree: \(channels) channels, expected 1")
    // In 256ths, each rounded with what the one before it left over.
    let weights = [34, 32, 28, 20, 14, 9, 4, 3, 1, 0]
    func blurred(_ values: [Int], _ count: Int, stride: Int, length: Int) -> [Int] {
      values.indices.map { index in
        let place = index % length / stride
        let start = index - place * stride
        return weights.indices.reduce(0) { sum, tap in
          let before = values[start + mirrored(place - tap, count) * stride]
          let after = values[start + mirrored(place + tap, count) * stride]
          return sum + weights[tap] * (tap == 0 ? before : before + after)
        }
      }
    }
    let across = blurred(pixels.map(Int.init), width, stride: 1, length: width)
    let both = blurred(across, height, stride: width, length: pixels.count)
    return Image(
      width: width, height: height, channels: 1, pixels: both.map { UInt8(($0 + 1 << 15) >> 16) })
  }
}

/// The place within `count` that lies at a place beyond, mirrored without repeating the border's pixel.
private func mirrored(_ place: Int, _ count: Int) -> Int {
  if count == 1 { return 0 }
  let period = 2 * (count - 1)
  let inPeriod = (place % period + period) % period
  return min(inPeriod, period - inPeriod)
}
