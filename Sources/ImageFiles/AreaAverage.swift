/// Old pixels that a new, larger one covers, and which shares of it they are.
private struct AreaTaps {
  private(set) var taps: [[(pixel: Int, share: Float)]] = []

  /// Slivers of less than a thousandth are left out, as by OpenCV.
  init(from old: Int, to new: Int) {
    let scale = Double(old) / Double(new)
    for pixel in 0..<new {
      let (start, end) = (Double(pixel) * scale, Double(pixel) * scale + scale)
      let width = min(scale, Double(old) - start)
      let last = min(Int(end.rounded(.down)), old - 1)
      let first = min(Int(start.rounded(.up)), last)
      var covered = (first..<last).map { (pixel: $0, share: Float(1 / width)) }
      let (before, after) = (Double(first) - start, end - Double(last))
      if before > 1e-3 { covered.insert((first - 1, Float(before / width)), at: 0) }
      if after > 1e-3 { covered.append((last, Float(min(after, 1, width) / width))) }
      taps.append(covered)
    }
  }
}

extension Image {
  /// The image shrunk, each pixel the mean of those that it covers.
  ///
  /// The sums are those of OpenCV's `INTER_AREA`, in single precision and in its order; halves go to the even level,
  /// but up where both sides are halved.
  func areaAveraged(width: Int, height: Int) -> Image {
    let (columns, rows) = (self.width / width, self.height / height)
    if columns * width == self.width && rows * height == self.height {
      return blockAveraged(columns: columns, rows: rows)
    }
    let (across, down) = (
      AreaTaps(from: self.width, to: width), AreaTaps(from: self.height, to: height)
    )
    var averaged: [UInt8] = []
    averaged.reserveCapacity(width * height * channels)
    // The last row of a pixel is often the first one of the next.
    var reduced: (row: Int, sums: [Float]) = (-1, [])
    for taps in down.taps {
      var sums = [Float](repeating: 0, count: width * channels)
      for (row, share) in taps {
        if reduced.row != row { reduced = (row, rowSums(row, across)) }
        for index in sums.indices { sums[index] += reduced.sums[index] * share }
      }
      averaged += sums.map { UInt8(min(max($0.rounded(.toNearestOrEven), 0), 255)) }
    }
    return Image(width: width, height: height, channels: channels, pixels: averaged)
  }

  private func rowSums(_ row: Int, _ across: AreaTaps) -> [Float] {
    var sums: [Float] = []
    sums.reserveCapacity(across.taps.count * channels)
    for taps in across.taps {
      for channel in 0..<channels {
        sums.append(
          taps.reduce(0) { sum, tap in
            sum + Float(pixels[(row * width + tap.pixel) * channels + channel]) * tap.share
          })
      }
    }
    return sums
  }

  private func blockAveraged(columns: Int, rows: Int) -> Image {
    let (newWidth, newHeight) = (width / columns, height / rows)
    let share = 1 / Float(columns * rows)
    var averaged: [UInt8] = []
    averaged.reserveCapacity(newWidth * newHeight * channels)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        for channel in 0..<channels {
          var sum = 0
          for row in y * rows..<(y + 1) * rows {
            for column in x * columns..<(x + 1) * columns {
              sum += Int(pixels[(row * width + column) * channels + channel])
            }
          }
          averaged.append(
            columns == 2 && rows == 2
              ? UInt8((sum + 2) >> 2) : UInt8((Float(sum) * share).rounded(.toNearestOrEven)))
        }
      }
    }
    return Image(width: newWidth, height: newHeight, channels: channels, pixels: averaged)
  }
}
