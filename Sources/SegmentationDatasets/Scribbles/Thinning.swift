/// Takes pixels off the rims of a region, all around in turn, until a line one pixel wide is left along its middle.
///
/// Source: Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", Communications of the ACM, 1984.
struct Thinning {
  private let width, height: Int
  private var isLeft: [Bool]
  /// Pixels that may go: those with a neighbour that is not in the region.
  private var rim: [Int] = []
  private var isInRim: [Bool]

  /// Whether a pixel goes, by its neighbours, a bit each: in the first half of a round, and in the second.
  private static let rules: [[Bool]] = [[6, 0], [4, 2]].map { leftOut in
    (0..<256).map { code in
      func has(_ number: Int) -> Bool { code >> (number % 8) & 1 == 1 }
      let count = (0..<8).count(where: has)
      let rises = (0..<8).count { !has($0) && has($0 + 1) }
      // Above, right, below and left: three of them without a gap keep a pixel.
      let isOpen = leftOut.allSatisfy { missing in
        ![0, 2, 4, 6].filter { $0 != missing }.allSatisfy(has)
      }
      return (2...6).contains(count) && rises == 1 && isOpen
    }
  }

  /// The line of a region.
  ///
  /// - Returns: Its pixels in ascending order; none for the smallest squares.
  /// - Complexity: O(pixels).
  static func line(of region: LabelRegion, _ width: Int, _ height: Int) -> [Int] {
    var thinning = Thinning(region, width, height)
    thinning.run()
    return region.pixels.filter { thinning.isLeft[$0] }
  }

  private init(_ region: LabelRegion, _ width: Int, _ height: Int) {
    (self.width, self.height) = (width, height)
    isLeft = [Bool](repeating: false, count: width * height)
    isInRim = isLeft
    for pixel in region.pixels { isLeft[pixel] = true }
    for pixel in region.pixels where code(of: pixel) != 255 { addToRim(pixel) }
  }

  private mutating func addToRim(_ pixel: Int) {
    if isInRim[pixel] { return }
    isInRim[pixel] = true
    rim.append(pixel)
  }

  /// The neighbours that are left, a bit each.
  private func code(of pixel: Int) -> Int {
    var code = 0
    forEachNeighbour(of: pixel, width, height) { other, number in
      if isLeft[other] { code |= 1 << number }
    }
    return code
  }

  private mutating func run() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for rule in Self.rules {
        let gone = rim.filter { rule[code(of: $0)] }
        for pixel in gone { isLeft[pixel] = false }
        rim.removeAll { !isLeft[$0] }
        for pixel in gone {
          var bared: [Int] = []
          forEachNeighbour(of: pixel, width, height) { other, _ in
            if isLeft[other] { bared.append(other) }
          }
          for other in bared { addToRim(other) }
        }
        if !gone.isEmpty { hasChanged = true }
      }
    }
  }
}
