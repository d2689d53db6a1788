import ImageFiles

/// The connected pixels of one id in a label image; those that touch at a corner are connected.
struct LabelRegion {
  /// The id of all of them.
  let id: UInt8
  /// Their places in the image, row by row from above.
  let pixels: [Int]

  /// All regions, in the order of their first pixels.
  ///
  /// - Complexity: O(pixels).
  static func all(in labels: LabelImage) -> [LabelRegion] {
    var isKnown = [Bool](repeating: false, count: labels.ids.count)
    var regions: [LabelRegion] = []
    for start in labels.ids.indices where !isKnown[start] {
      isKnown[start] = true
      var pixels = [start]
      var next = 0
      while next < pixels.count {
        forEachNeighbour(of: pixels[next], labels.width, labels.height) { other, _ in
          if !isKnown[other] && labels.ids[other] == labels.ids[start] {
            isKnown[other] = true
            pixels.append(other)
          }
        }
        next += 1
      }
      regions.append(LabelRegion(id: labels.ids[start], pixels: pixels.sorted()))
    }
    return regions
  }

  /// The pixel nearest to the middle of them all.
  func middle(_ width: Int) -> Int {
    let x = pixels.reduce(0) { $0 + $1 % width }
    let y = pixels.reduce(0) { $0 + $1 / width }
    // The distances times the number of pixels, so that they are whole.
    func distance(_ pixel: Int) -> Int {
      let (dx, dy) = (pixel % width * pixels.count - x, pixel / width * pixels.count - y)
      return dx * dx + dy * dy
    }
    return pixels.min { (distance($0), $0) < (distance($1), $1) } ?? pixels[0]
  }
}

/// The way to each neighbour of a pixel, clockwise from above.
private let neighbours = [(0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)]

/// Calls a function with the pixels around one, clockwise from above, and the number of each, 0 to 7: those at its corners
/// have odd ones.
func forEachNeighbour(
  of pixel: Int, _ width: Int, _ height: Int, _ body: (_ other: Int, _ number: Int) -> Void
) {
  let (x, y) = (pixel % width, pixel / width)
  for number in 0..<8 {
    let (dx, dy) = neighbours[number]
    if (0..<width).contains(x + dx) && (0..<height).contains(y + dy) {
      body(pixel + dy * width + dx, number)
    }
  }
}
