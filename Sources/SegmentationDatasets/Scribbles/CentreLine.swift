/// The way along the middle of a region, from one end to the other.
struct CentreLine {
  /// The pixels of the way, one beside the other.
  let pixels: [Int]

  /// Finds the longest of the shortest ways along the region's skeleton; where nothing is left of it, the region's middle
  /// pixel.
  init(of region: LabelRegion, _ width: Int, _ height: Int) {
    let skeleton = Thinning.line(of: region, width, height)
    guard let first = skeleton.first else {
      pixels = [region.middle(width)]
      return
    }
    let sweep = Sweep(skeleton, width, height)
    let start = sweep.farthest(from: first).end
    pixels = sweep.farthest(from: start).way
  }

  /// The course of the line, averaged over some of its points; its ends stay.
  ///
  /// - Parameter reach: How many points to each side count.
  /// - Returns: A point for each of the pixels, `x` and `y`.
  func smoothed(_ reach: Int, _ width: Int) -> [(x: Int, y: Int)] {
    pixels.indices.map { place in
      let near = min(reach, place, pixels.count - 1 - place)
      let points = pixels[place - near...place + near]
      func mean(_ value: (Int) -> Int) -> Int {
        let sum = points.reduce(0) { $0 + value($1) }
        return (2 * sum + points.count) / (2 * points.count)
      }
      return (mean { $0 % width }, mean { $0 / width })
    }
  }
}

/// Shortest ways along the pixels of a skeleton.
private struct Sweep {
  /// What a step to the side and one across a corner are long: their ratio is √2, about.
  private static let lengths = (side: 5, corner: 7)

  private let width, height: Int
  private let isThere: [Int: Int]
  private let pixels: [Int]

  init(_ pixels: [Int], _ width: Int, _ height: Int) {
    (self.pixels, self.width, self.height) = (pixels, width, height)
    isThere = Dictionary(uniqueKeysWithValues: zip(pixels, pixels.indices))
  }

  /// The pixel that is farthest from another one, and the shortest way to it.
  func farthest(from start: Int) -> (end: Int, way: [Int]) {
    var distances = [Int?](repeating: nil, count: pixels.count)
    var before = [Int?](repeating: nil, count: pixels.count)
    // By distance, modulo a number above the longest step.
    var waiting = [[(place: Int, from: Int?)]](repeating: [], count: Self.lengths.corner + 1)
    waiting[0] = [(isThere[start] ?? 0, nil)]
    var (distance, last) = (0, isThere[start] ?? 0)
    var empty = 0
    while empty <= Self.lengths.corner {
      let now = waiting[distance % waiting.count]
      waiting[distance % waiting.count] = []
      empty = now.isEmpty ? empty + 1 : 0
      for (place, from) in now where distances[place] == nil {
        (distances[place], before[place], last) = (distance, from, place)
        forEachNeighbour(of: pixels[place], width, height) { other, number in
          guard let next = isThere[other], distances[next] == nil else { return }
          let length = number % 2 == 0 ? Self.lengths.side : Self.lengths.corner
          waiting[(distance + length) % waiting.count].append((next, place))
        }
      }
      distance += 1
    }
    var way = [last]
    while let place = before[way[way.count - 1]] { way.append(place) }
    return (pixels[last], way.map { pixels[$0] })
  }
}
