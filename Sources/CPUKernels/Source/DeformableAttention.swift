package import CPUKernelInterface

extension Kernels {
  package static func attendDeformably(_ arguments: DeformableArguments, rows: Range<Int>) {
    let capacity = 4 * arguments.levels.count * arguments.points
    withUnsafeTemporaryAllocation(of: WeightedPixel.self, capacity: capacity) { memory in
      guard let pixels = memory.baseAddress else { return }
      for row in rows {
        for head in 0..<arguments.heads {
          let count = findPixels(arguments, row, head, into: pixels)
          sum(
            UnsafeBufferPointer(start: pixels, count: count), arguments.headSize,
            into: arguments.y + row * arguments.channels + head * arguments.headSize)
        }
      }
    }
  }

  /// Finds the pixels that a head of a query sees, up to four for each of its points.
  private static func findPixels(
    _ arguments: DeformableArguments, _ row: Int, _ head: Int,
    into pixels: UnsafeMutablePointer<WeightedPixel>
  ) -> Int {
    let (sample, query) = (row / arguments.queries, row % arguments.queries)
    let place = arguments.places + 2 * query
    let samples = arguments.levels.count * arguments.points
    var point = (row * arguments.heads + head) * samples
    var count = 0
    for level in arguments.levels {
      let first =
        arguments.values
        + (sample * arguments.pixels + level.start) * arguments.channels + head * arguments.headSize
      for _ in 0..<arguments.points {
        let offset = arguments.offsets + 2 * point
        count += findNeighbours(
          of: (
            place[0] * Float(level.width) - 0.5 + offset[0],
            place[1] * Float(level.height) - 0.5 + offset[1]
          ),
          in: level, first, arguments.channels, weight: arguments.weights[point],
          into: pixels + count)
        point += 1
      }
    }
    return count
  }

  /// Finds the pixels around a place that the map has; a place that is none has none.
  @inline(always)
  private static func findNeighbours(
    of place: (x: Float, y: Float), in level: DeformableArguments.Level,
    _ first: UnsafePointer<Float>, _ channels: Int, weight: Float,
    into pixels: UnsafeMutablePointer<WeightedPixel>
  ) -> Int {
    let (width, height) = (Float(level.width), Float(level.height))
    guard place.x > -1, place.x < width, place.y > -1, place.y < height else { return 0 }
    let (left, top) = (place.x.rounded(.down), place.y.rounded(.down))
    let (right, bottom) = (place.x - left, place.y - top)
    let (column, line) = (Int(left), Int(top))
    var count = 0
    @inline(always)
    func add(_ line: Int, _ column: Int, _ share: Float) {
      guard line >= 0, line < level.height, column >= 0, column < level.width else { return }
      pixels[count] = WeightedPixel(
        values: first + (line * level.width + column) * channels, weight: weight * share)
      count += 1
    }
    add(line, column, (1 - bottom) * (1 - right))
    add(line, column + 1, (1 - bottom) * right)
    add(line + 1, column, bottom * (1 - right))
    add(line + 1, column + 1, bottom * right)
    return count
  }

  private static func sum(
    _ pixels: UnsafeBufferPointer<WeightedPixel>, _ channels: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    forEachLanes(channels) { c, lanes in
      var sum = Lanes()
      for pixel in pixels {
        sum = sum.adding(load(pixel.values + c, lanes), times: Lanes(repeating: pixel.weight))
      }
      store(sum, y + c, lanes)
    }
  }
}

/// A pixel of a map and how much it counts.
private struct WeightedPixel {
  let values: UnsafePointer<Float>
  let weight: Float
}
