/// One pass of a resampling, along rows or along columns, in integers.
struct ResamplePass {
  let taps: ResampleTaps
  /// The taps' weights, in so many binary places.
  let weights: [Int32]
  /// Binary places cut off each product before they are added.
  var productShift: Int32 = 0
  /// Binary places taken away from the sums.
  let shift: Int32
  /// Added before the shift, so that it rounds; 0 cuts off.
  let half: Int32
  /// Whether halves go to the even number instead of up.
  var halvesToEven = false
  /// Whether the results are 8-bit samples.
  let clamps: Bool

  init(
    taps: ResampleTaps, places: Int32, rounding: FloatingPointRoundingRule, shift: Int32,
    rounds: Bool, clamps: Bool
  ) {
    self.taps = taps
    self.shift = shift
    self.clamps = clamps
    half = rounds && shift > 0 ? 1 << (shift - 1) : 0
    weights = taps.weights.map { Int32(($0 * Double(1 << places)).rounded(rounding)) }
  }

  /// - Parameter sum: With ``half`` in it.
  func finish(_ sum: Int32) -> Int32 {
    var rounded = sum >> shift
    if halvesToEven && rounded & 1 == 1 && rounded << shift == sum { rounded -= 1 }
    return clamps ? min(max(rounded, 0), 255) : rounded
  }
}

/// How the two passes round: each program's own way, down to the bit.
enum ResampleArithmetic {
  /// Weights of 22 places, 8-bit samples between the passes.
  case pillow
  /// Weights of 11 places, nothing lost between the passes.
  case openCV
  /// The same, but with the last rounding of single precision.
  case openCVCubic
  /// For two pixels each way: places are cut off between the passes and off each product, as fits registers of 16 bits.
  case openCVLinear

  func first(_ taps: ResampleTaps) -> ResamplePass {
    switch self {
    case .pillow:
      ResamplePass(
        taps: taps, places: 22, rounding: .toNearestOrAwayFromZero, shift: 22, rounds: true,
        clamps: true)
    case .openCV, .openCVCubic: openCV(taps, shift: 0, clamps: false)
    case .openCVLinear: openCV(taps, shift: 4, rounds: false, clamps: false)
    }
  }

  func second(_ taps: ResampleTaps) -> ResamplePass {
    switch self {
    case .pillow: return first(taps)
    case .openCV: return openCV(taps, shift: 22, clamps: true)
    case .openCVCubic:
      var pass = openCV(taps, shift: 22, clamps: true)
      pass.halvesToEven = true
      return pass
    case .openCVLinear:
      var pass = openCV(taps, shift: 2, clamps: true)
      pass.productShift = 16
      return pass
    }
  }

  private func openCV(
    _ taps: ResampleTaps, shift: Int32, rounds: Bool = true, clamps: Bool
  ) -> ResamplePass {
    ResamplePass(
      taps: taps, places: 11, rounding: .toNearestOrEven, shift: shift, rounds: rounds,
      clamps: clamps)
  }
}

extension Image {
  /// Resamples rows and columns.
  func resampled(
    x: ResampleTaps, y: ResampleTaps, _ arithmetic: ResampleArithmetic, _ samplesInWork: Int
  ) -> Image {
    // Pillow's rule since version 13: columns first when the height shrinks far more. The order
    // shows, because the first pass clamps what its filter overshoots.
    let lostRows = height - y.count
    let columnsFirst = arithmetic == .pillow && lostRows > max(0, 2 * (width - x.count))
    let strips = ResampleStrips(
      image: self, widest: max(width, x.count), samplesInWork: samplesInWork)
    let samples =
      columnsFirst
      ? strips.columnsFirst(y: arithmetic.first(y), x: arithmetic.second(x))
      : strips.rowsFirst(x: arithmetic.first(x), y: arithmetic.second(y))
    return Image(width: x.count, height: y.count, channels: channels, pixels: samples)
  }
}
