/// The two passes over an image, one strip of rows after the other.
///
/// Beside the old and the new image, only a few strips are in memory.
struct ResampleStrips {
  let image: Image
  /// Pixels a row before or after the passes, whichever are more.
  let widest: Int
  /// How many samples a strip may have, if these are not less than one row.
  let samplesInWork: Int

  func columnsFirst(y: ResamplePass, x: ResamplePass) -> [UInt8] {
    let picture = ResamplePlane(image)
    var samples: [UInt8] = []
    samples.reserveCapacity(y.taps.count * x.taps.count * image.channels)
    for rows in strips(of: 0..<y.taps.count, width: widest) {
      picture.reduced(y, rows: rows).reducedAlongRows(x).append(to: &samples)
    }
    return samples
  }

  func rowsFirst(x: ResamplePass, y: ResamplePass) -> [UInt8] {
    // The rows that the second pass still needs.
    var between = ResamplePlane<Int32>(width: x.taps.count, channels: image.channels)
    let oldRowsPerNew = max(1, image.height / y.taps.count)
    var samples: [UInt8] = []
    samples.reserveCapacity(y.taps.count * x.taps.count * image.channels)
    for rows in strips(of: 0..<y.taps.count, width: widest * oldRowsPerNew) {
      let needed = y.taps.reach(of: rows)
      between.removeRows(before: needed.lowerBound)
      for strip in strips(of: between.rows.upperBound..<needed.upperBound, width: widest) {
        between.append(ResamplePlane(image, rows: strip).reducedAlongRows(x))
      }
      between.reduced(y, rows: rows).append(to: &samples)
    }
    return samples
  }

  private func strips(of rows: Range<Int>, width: Int) -> [Range<Int>] {
    let count = max(1, samplesInWork / (width * image.channels))
    return stride(from: rows.lowerBound, to: rows.upperBound, by: count).map {
      $0..<min($0 + count, rows.upperBound)
    }
  }
}
