extension Kernels {
  package static func layerNorm(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float
  ) {
    for row in 0..<rows {
      let (source, target) = (x + row * channels, y + row * channels)
      var sum = Lanes()
      forEachLanes(channels) { c, lanes in sum += load(source + c, lanes) }
      let center = sum.total / Float(channels)
      var (deviations, squares) = (Lanes(), Lanes())
      forEachLanes(channels) { c, lanes in
        // Lanes past the end hold the center, so that they do not deviate.
        let deviation = load(source + c, lanes, padding: center) - center
        deviations += deviation
        squares = squares.adding(deviation, times: deviation)
      }
      // What rounding kept the center away from the mean.
      let rest = deviations.total / Float(channels)
      let variance = squares.total / Float(channels) - rest * rest
      let factor = 1 / (variance + epsilon).squareRoot()
      forEachLanes(channels) { c, lanes in
        let v = (load(source + c, lanes) - center - rest) * factor
        store(load(bias + c, lanes).adding(v, times: load(weight + c, lanes)), target + c, lanes)
      }
    }
  }
}
