/// How the two passes of a resampling round: each program's own way, down to the bit.
struct ResampleArithmetic {
  /// Binary places of the weights and of what is kept between the passes.
  let horizontalPlaces, verticalPlaces, keptPlaces: Int32
  /// Whether the values between the passes are 8-bit samples.
  let clampsBetween: Bool

  /// Weights of 22 places, 8-bit samples between the passes.
  static let pillow = ResampleArithmetic(
    horizontalPlaces: 22, verticalPlaces: 22, keptPlaces: 0, clampsBetween: true)
  /// Weights of 11 places, nothing lost between the passes.
  static let openCV = ResampleArithmetic(
    horizontalPlaces: 11, verticalPlaces: 11, keptPlaces: 11, clampsBetween: false)
  /// For many small weights, which 11 places would not hold.
  static let exact = ResampleArithmetic(
    horizontalPlaces: 22, verticalPlaces: 15, keptPlaces: 7, clampsBetween: false)
}

extension Image {
  /// Resamples rows, then columns, in integers.
  func resampled(x: ResampleTaps, y: ResampleTaps, _ arithmetic: ResampleArithmetic) -> Image {
    let rows = resampledRows(x, arithmetic)
    let length = x.count * channels
    let places = arithmetic.keptPlaces + arithmetic.verticalPlaces
    let weights = y.fixedPoint(places: arithmetic.verticalPlaces)
    var sums = [Int32](repeating: 0, count: length)
    var result = [UInt8](repeating: 0, count: length * y.count)
    for row in 0..<y.count {
      for index in 0..<length { sums[index] = 1 << (places - 1) }
      for tap in y.starts[row]..<y.starts[row + 1] {
        let (weight, start) = (weights[tap], y.indices[tap] * length)
        for index in 0..<length { sums[index] &+= weight &* rows[start + index] }
      }
      for index in 0..<length {
        result[row * length + index] = UInt8(clamping: sums[index] >> places)
      }
    }
    return Image(width: x.count, height: y.count, channels: channels, pixels: result)
  }

  /// - Returns: `[height, x.count, channels]`, with the arithmetic's kept places.
  private func resampledRows(_ x: ResampleTaps, _ arithmetic: ResampleArithmetic) -> [Int32] {
    let shift = arithmetic.horizontalPlaces - arithmetic.keptPlaces
    let half: Int32 = shift > 0 ? 1 << (shift - 1) : 0
    let weights = x.fixedPoint(places: arithmetic.horizontalPlaces)
    let offsets = x.indices.map { $0 * channels }
    var rows = [Int32](repeating: 0, count: height * x.count * channels)
    var position = 0
    for row in 0..<height {
      let start = row * width * channels
      for column in 0..<x.count {
        let taps = x.starts[column]..<x.starts[column + 1]
        for channel in start..<start + channels {
          var sum = half
          for tap in taps { sum &+= weights[tap] &* Int32(pixels[channel + offsets[tap]]) }
          sum >>= shift
          rows[position] = arithmetic.clampsBetween ? min(max(sum, 0), 255) : sum
          position += 1
        }
      }
    }
    return rows
  }
}

extension ResampleTaps {
  /// The weights as integers of so many binary places.
  fileprivate func fixedPoint(places: Int32) -> [Int32] {
    weights.map { Int32(($0 * Double(1 << places)).rounded(.toNearestOrAwayFromZero)) }
  }
}
