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
    let plane = ResamplePlane(self)
    // Pillow's rule since version 13: columns first when the height shrinks far more. The order
    // shows, because the first pass clamps what its filter overshoots.
    let lostRows = height - y.count
    let columnsFirst = arithmetic == .pillow && lostRows > max(0, 2 * (width - x.count))
    let result =
      columnsFirst
      ? plane.reduced(arithmetic.first(y)).transposed().reduced(arithmetic.second(x)).transposed()
      : plane.transposed().reduced(arithmetic.first(x)).transposed().reduced(arithmetic.second(y))
    return Image(
      width: x.count, height: y.count, channels: channels,
      pixels: result.values.map { UInt8(truncatingIfNeeded: $0) })
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

  /// Makes each new row from the rows of its taps. There is no second pass for rows: whole rows are
  /// added fastest, so an image is turned instead.
  func reduced(_ pass: ResamplePass) -> ResamplePlane {
    let (taps, weights) = (pass.taps, pass.weights)
    let length = width * channels
    var result: [Int32] = []
    result.reserveCapacity(taps.count * length)
    var sums = [Int32](repeating: 0, count: length)
    for row in 0..<taps.count {
      for index in sums.indices { sums[index] = pass.half }
      for tap in taps.starts[row]..<taps.starts[row + 1] {
        let start = taps.indices[tap] * length
        add(values.span.extracting(start..<start + length), times: weights[tap], to: &sums)
      }
      result.append(contentsOf: sums.lazy.map(pass.finish))
    }
    return ResamplePlane(width: width, height: taps.count, channels: channels, values: result)
  }

  private func add(_ row: borrowing Span<Int32>, times weight: Int32, to sums: inout [Int32]) {
    precondition(row.count == sums.count, "resampled: rows of different lengths")
    var sums = sums.mutableSpan
    for index in sums.indices { sums[index] &+= weight &* row[index] }
  }

  /// Swaps rows and columns.
  func transposed() -> ResamplePlane {
    var result = [Int32](repeating: 0, count: values.count)
    for row in 0..<height {
      for column in 0..<width {
        let (from, to) = ((row * width + column) * channels, (column * height + row) * channels)
        for channel in 0..<channels { result[to + channel] = values[from + channel] }
      }
    }
    return ResamplePlane(width: height, height: width, channels: channels, values: result)
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
