extension Kernels {
  package static func softmax(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int
  ) {
    for row in 0..<rows { softmax(x + row * channels, into: y + row * channels, channels) }
  }

  private static func softmax(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ channels: Int
  ) {
    var tops = Lanes(repeating: -.infinity)
    forEachLanes(channels) { c, lanes in
      let v = load(x + c, lanes, padding: -.infinity)
      tops = tops.replacing(with: v, where: v .> tops)
    }
    let top = Lanes(repeating: tops.largest)
    var sums = Lanes()
    forEachLanes(channels) { c, lanes in
      // Lanes past the end add nothing, but to a row of which nothing is more than −∞.
      let share = exponential(load(x + c, lanes, padding: -.infinity) - top)
      store(share, y + c, lanes)
      sums += share
    }
    let scale = Lanes(repeating: 1 / sums.total)
    forEachLanes(channels) { c, lanes in
      store(load(UnsafePointer(y + c), lanes) * scale, y + c, lanes)
    }
  }
}
