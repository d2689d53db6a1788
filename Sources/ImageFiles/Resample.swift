/// One pass of a resampling, along rows or along columns, in integers.
struct ResamplePass {
  let taps: ResampleTaps
  /// Binary places of the weights.
  let places: Int32
  /// Binary places taken away from the sums, rounding.
  let shift: Int32
  /// Whether the results are 8-bit samples.
  let clamps: Bool
}

/// How the two passes round: each program's own way, down to the bit.
enum ResampleArithmetic {
  /// Weights of 22 places, 8-bit samples between the passes.
  case pillow
  /// Weights of 11 places, nothing lost between the passes.
  case openCV
  /// For many small weights, which 11 places would not hold: 7 places between the passes.
  case exact

  func first(_ taps: ResampleTaps) -> ResamplePass {
    switch self {
    case .pillow: ResamplePass(taps: taps, places: 22, shift: 22, clamps: true)
    case .openCV: ResamplePass(taps: taps, places: 11, shift: 0, clamps: false)
    case .exact: ResamplePass(taps: taps, places: 22, shift: 15, clamps: false)
    }
  }

  func second(_ taps: ResampleTaps) -> ResamplePass {
    switch self {
    case .pillow: first(taps)
    case .openCV: ResamplePass(taps: taps, places: 11, shift: 22, clamps: true)
    case .exact: ResamplePass(taps: taps, places: 15, shift: 22, clamps: true)
    }
  }
}

extension Image {
  /// Resamples rows and columns.
  func resampled(x: ResampleTaps, y: ResampleTaps, _ arithmetic: ResampleArithmetic) -> Image {
    var plane = ResamplePlane(self)
    // Pillow's rule since version 13: columns first when the height shrinks far more. The order
    // shows, because the first pass clamps what its filter overshoots.
    let lostRows = height - y.count
    if arithmetic == .pillow && lostRows > max(0, 2 * (width - x.count)) {
      plane = plane.alongColumns(arithmetic.first(y)).alongRows(arithmetic.second(x))
    } else {
      plane = plane.alongRows(arithmetic.first(x)).alongColumns(arithmetic.second(y))
    }
    return Image(
      width: x.count, height: y.count, channels: channels,
      pixels: plane.values.map { UInt8(truncatingIfNeeded: $0) })
  }
}

/// Samples on their way through the passes, `[height, width, channels]`.
private struct ResamplePlane {
  let width, height, channels: Int
  let values: [Int32]

  init(width: Int, height: Int, channels: Int, values: [Int32]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.values = values
  }

  init(_ image: Image) {
    self.init(
      width: image.width, height: image.height, channels: image.channels,
      values: image.pixels.map { Int32($0) })
  }

  func alongRows(_ pass: ResamplePass) -> ResamplePlane {
    let (taps, weights) = (pass.taps, pass.weights)
    var result = [Int32](repeating: 0, count: height * taps.count * channels)
    var position = 0
    for start in stride(from: 0, to: values.count, by: width * channels) {
      for column in 0..<taps.count {
        for channel in start..<start + channels {
          var sum = pass.half
          for tap in taps.starts[column]..<taps.starts[column + 1] {
            sum &+= weights[tap] &* values[channel + taps.indices[tap] * channels]
          }
          result[position] = pass.finish(sum)
          position += 1
        }
      }
    }
    return ResamplePlane(width: taps.count, height: height, channels: channels, values: result)
  }

  func alongColumns(_ pass: ResamplePass) -> ResamplePlane {
    let (taps, weights) = (pass.taps, pass.weights)
    let length = width * channels
    var result = [Int32](repeating: pass.half, count: taps.count * length)
    for row in 0..<taps.count {
      let target = row * length
      for tap in taps.starts[row]..<taps.starts[row + 1] {
        let (weight, source) = (weights[tap], taps.indices[tap] * length)
        for index in 0..<length { result[target + index] &+= weight &* values[source + index] }
      }
      for index in target..<target + length { result[index] = pass.finish(result[index]) }
    }
    return ResamplePlane(width: width, height: taps.count, channels: channels, values: result)
  }
}

extension ResamplePass {
  fileprivate var weights: [Int32] {
    taps.weights.map { Int32(($0 * Double(1 << places)).rounded(.toNearestOrAwayFromZero)) }
  }

  /// Added before the shift, so that it rounds.
  fileprivate var half: Int32 { shift > 0 ? 1 << (shift - 1) : 0 }

  fileprivate func finish(_ sum: Int32) -> Int32 {
    clamps ? min(max(sum >> shift, 0), 255) : sum >> shift
  }
}
