/// One pass of a resampling, along rows or along columns, in integers.
struct ResamplePass {
  let taps: ResampleTaps
  /// The taps' weights, in so many binary places.
  let weights: [Int32]
  /// Binary places taken away from the sums, rounding.
  let shift: Int32
  /// Whether the results are 8-bit samples.
  let clamps: Bool

  init(taps: ResampleTaps, places: Int32, shift: Int32, clamps: Bool) {
    self.taps = taps
    self.shift = shift
    self.clamps = clamps
    weights = taps.weights.map {
      Int32(($0 * Double(1 << places)).rounded(.toNearestOrAwayFromZero))
    }
  }

  /// Added before the shift, so that it rounds.
  var half: Int32 { shift > 0 ? 1 << (shift - 1) : 0 }

  func finish(_ sum: Int32) -> Int32 {
    clamps ? min(max(sum >> shift, 0), 255) : sum >> shift
  }
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
