extension RunLengthMask {
  /// An outline around the object's pixels, x and y in turn: of it, ``init(width:height:polygon:)`` makes this mask again.
  ///
  /// It follows the borders of pixels. Parts and holes are joined to the first part by lines there and back, which enclose
  /// nothing. Empty for an object without pixels.
  public var outline: [Double] {
    let borders = Borders(self).loops
    guard let first = borders.first else { return [] }
    let joined = borders.dropFirst().flatMap { $0 + [$0[0], first[0]] }
    let all = joined.isEmpty ? first : first + [first[0]] + joined
    return all.flatMap { [Double($0.x), Double($0.y)] }
  }
}

/// The borders between an object's pixels and all others.
private struct Borders {
  private let width, height: Int
  private var isInside: [Bool]

  init(_ mask: RunLengthMask) {
    (width, height) = (mask.width, mask.height)
    var isInside = [Bool](repeating: false, count: width * height)
    let width = width
    mask.forEachPixel { isInside[$1 * width + $0] = true }
    self.isInside = isInside
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    (0..<width).contains(x) && (0..<height).contains(y) && isInside[y * width + x]
  }

  /// The corners of each border, the object on the right-hand side.
  var loops: [[(x: Int, y: Int)]] {
    var loops: [[(x: Int, y: Int)]] = []
    var wasFollowed = [Bool](repeating: false, count: width * height)
    for y in 0..<height {
      for x in 0..<width
      where contains(x, y) && !contains(x, y - 1) && !wasFollowed[y * width + x] {
        loops.append(loop(from: x, y, &wasFollowed))
      }
    }
    return loops
  }

  /// Follows the border that begins with the upper side of a pixel.
  private func loop(from x: Int, _ y: Int, _ wasFollowed: inout [Bool]) -> [(x: Int, y: Int)] {
    // Right, down, left, up: the step, and the pixels ahead on the right-hand and the left-hand side.
    let steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    let right = [(0, 0), (-1, 0), (-1, -1), (0, -1)]
    let left = [(0, -1), (0, 0), (-1, 0), (-1, -1)]
    var corners: [(x: Int, y: Int)] = []
    var (place, direction) = ((x: x, y: y), 0)
    repeat {
      if direction == 0 { wasFollowed[place.y * width + place.x] = true }
      place.x += steps[direction].0
      place.y += steps[direction].1
      if !contains(place.x + right[direction].0, place.y + right[direction].1) {
        corners.append(place)
        direction = (direction + 1) % 4
      } else if contains(place.x + left[direction].0, place.y + left[direction].1) {
        corners.append(place)
        direction = (direction + 3) % 4
      }
    } while place != (x, y) || direction != 0
    return corners
  }
}
