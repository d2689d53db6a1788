/// Some of an image's rows on their way through the passes, `[rows, width, channels]`.
struct ResamplePlane<Sample: FixedWidthInteger> {
  let width, channels: Int
  /// Which rows of the image these are.
  private(set) var rows: Range<Int>
  private(set) var values: [Sample]

  /// How many samples a row has.
  private var length: Int { width * channels }

  /// Makes a plane that has no rows yet.
  init(width: Int, channels: Int) {
    self.init(width: width, channels: channels, rows: 0..<0, values: [])
  }

  private init(width: Int, channels: Int, rows: Range<Int>, values: [Sample]) {
    self.width = width
    self.channels = channels
    self.rows = rows
    self.values = values
  }

  /// Puts the rows that follow behind these.
  mutating func append(_ next: ResamplePlane) {
    precondition(next.rows.lowerBound == rows.upperBound, "resampled: rows are left out")
    rows = rows.lowerBound..<next.rows.upperBound
    if values.isEmpty { values = next.values } else { values += next.values }
  }

  /// Forgets the rows before one; if that is all, the next row here will be that one.
  mutating func removeRows(before row: Int) {
    values.removeFirst((min(row, rows.upperBound) - rows.lowerBound) * length)
    rows = row..<max(row, rows.upperBound)
  }

  /// Makes each new pixel of a row from the pixels of its taps.
  ///
  /// Whole rows are added fastest, so the plane is turned for it.
  func reducedAlongRows(_ pass: ResamplePass) -> ResamplePlane<Int32> {
    var result = turned().reduced(pass, rows: 0..<pass.taps.count).turned()
    result.rows = rows
    return result
  }

  /// Makes each new row from the rows of its taps, which must be here.
  func reduced(_ pass: ResamplePass, rows newRows: Range<Int>) -> ResamplePlane<Int32> {
    let taps = pass.taps
    var result: [Int32] = []
    result.reserveCapacity(newRows.count * length)
    var sums = [Int32](repeating: 0, count: length)
    for row in newRows {
      for index in sums.indices { sums[index] = pass.half }
      for tap in taps.starts[row]..<taps.starts[row + 1] {
        let start = (taps.indices[tap] - rows.lowerBound) * length
        add(
          values.span.extracting(start..<start + length), times: pass.weights[tap],
          cutting: pass.productShift, to: &sums)
      }
      result.append(contentsOf: sums.lazy.map(pass.finish))
    }
    return ResamplePlane<Int32>(width: width, channels: channels, rows: newRows, values: result)
  }

  private func add(
    _ row: borrowing Span<Sample>, times weight: Int32, cutting places: Int32,
    to sums: inout [Int32]
  ) {
    precondition(row.count == sums.count, "resampled: rows of different lengths")
    var sums = sums.mutableSpan
    for index in sums.indices {
      sums[index] &+= (weight &* Int32(truncatingIfNeeded: row[index])) &>> places
    }
  }

  /// Swaps rows and columns.
  private func turned() -> ResamplePlane<Int32> {
    var result = [Int32](repeating: 0, count: values.count)
    for row in 0..<rows.count {
      for column in 0..<width {
        let (from, to) = ((row * width + column) * channels, (column * rows.count + row) * channels)
        for channel in 0..<channels {
          result[to + channel] = Int32(truncatingIfNeeded: values[from + channel])
        }
      }
    }
    return ResamplePlane<Int32>(
      width: rows.count, channels: channels, rows: 0..<width, values: result)
  }
}

extension ResamplePlane<UInt8> {
  /// A whole image, whose samples stay where they are.
  init(_ image: Image) {
    self.init(
      width: image.width, channels: image.channels, rows: 0..<image.height, values: image.pixels)
  }

  /// Some rows of an image.
  init(_ image: Image, rows: Range<Int>) {
    let length = image.width * image.channels
    let samples = image.pixels[rows.lowerBound * length..<rows.upperBound * length]
    self.init(width: image.width, channels: image.channels, rows: rows, values: Array(samples))
  }
}

extension ResamplePlane<Int32> {
  /// Puts the values, which a last pass has clamped to 0…255, behind an image's samples.
  func append(to samples: inout [UInt8]) {
    samples += values.map { UInt8(truncatingIfNeeded: $0) }
  }
}
