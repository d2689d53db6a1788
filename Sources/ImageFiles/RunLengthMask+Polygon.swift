extension RunLengthMask {
  /// The pixels inside an outline, by the rule of COCO: the outline is followed in fifths of a pixel, and where it
  /// passes the middle of a column, the column's pixels change sides from the next whole row on.
  ///
  /// Source: `rleFrPoly` of pycocotools' `maskApi.c`.
  ///
  /// - Parameter polygon: x and y in turn, in pixels; what lies outside of the image is cut off.
  public init(width: Int, height: Int, polygon: [Double]) {
    let outline = Outline(polygon)
    let crossings = outline.crossings(width: width, height: height).sorted()
    var (counts, last) = ([Int](), 0)
    for place in crossings + [width * height] {
      counts.append(place - last)
      last = place
    }
    self.init(width: width, height: height, counts: Self.merged(counts))
  }

  /// The same runs without empty ones: what they separate is one.
  private static func merged(_ counts: [Int]) -> [Int] {
    var (merged, index) = ([counts[0]], 1)
    while index < counts.count {
      if counts[index] > 0 {
        merged.append(counts[index])
      } else {
        index += 1
        if index < counts.count { merged[merged.count - 1] += counts[index] }
      }
      index += 1
    }
    return merged
  }

  /// Calls a closure with each pixel of the object.
  public func forEachPixel(_ body: (_ x: Int, _ y: Int) -> Void) {
    var start = 0
    for (index, count) in counts.enumerated() {
      if index % 2 == 1 {
        for place in start..<start + count { body(place / height, place % height) }
      }
      start += count
    }
  }
}

/// A closed outline as points in fifths of a pixel.
private struct Outline {
  private static let scale = 5.0
  private let x: [Int]
  private let y: [Int]

  init(_ polygon: [Double]) {
    func points(_ first: Int) -> [Int] {
      let values = stride(from: first, to: polygon.count / 2 * 2, by: 2).map { polygon[$0] }
      // Numbers that no image has are moved to where none is either.
      let whole = values.map { Int(min(max(Self.scale * $0 + 0.5, -1e7), 1e7)) }
      return whole + whole.prefix(1)
    }
    (x, y) = (points(0), points(1))
  }

  /// The places, counted column by column, at which a column's pixels change sides.
  func crossings(width: Int, height: Int) -> [Int] {
    var crossings: [Int] = []
    var last: (u: Int, v: Int)?
    forEachPoint { u, v in
      defer { last = (u, v) }
      guard let last, last.u != u else { return }
      let column = (Double(u < last.u ? u : u - 1) + 0.5) / Self.scale - 0.5
      guard column.rounded(.down) == column, column >= 0, column <= Double(width - 1) else {
        return
      }
      let row = (Double(min(v, last.v)) + 0.5) / Self.scale - 0.5
      crossings.append(Int(column) * height + Int(min(max(row, 0), Double(height)).rounded(.up)))
    }
    return crossings
  }

  /// Calls a closure with the points along the outline, side by side along the longer extent of each edge.
  private func forEachPoint(_ body: (_ u: Int, _ v: Int) -> Void) {
    for edge in x.indices.dropLast() {
      let (dx, dy) = (abs(x[edge + 1] - x[edge]), abs(y[edge + 1] - y[edge]))
      let isFlat = dx >= dy
      let isBackward = isFlat ? x[edge] > x[edge + 1] : y[edge] > y[edge + 1]
      let (from, to) = isBackward ? (edge + 1, edge) : (edge, edge + 1)
      let slope =
        isFlat
        ? (dx == 0 ? 0 : Double(y[to] - y[from]) / Double(dx))
        : Double(x[to] - x[from]) / Double(dy)
      for step in 0...max(dx, dy) {
        let t = isBackward ? max(dx, dy) - step : step
        if isFlat {
          body(t + x[from], Int(Double(y[from]) + slope * Double(t) + 0.5))
        } else {
          body(Int(Double(x[from]) + slope * Double(t) + 0.5), t + y[from])
        }
      }
    }
  }
}
