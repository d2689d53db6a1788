public import CPUKernelInterface

extension Kernels {
  public static func groupMoments(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, groups: Int,
    into moments: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, means) = (scratch, scratch + channels)
    let size = channels / groups
    let count = Float(rows * size)

    forEachLanes(channels) { c, lanes in
      var sum = Lanes()
      for row in 0..<rows { sum += load(x + row * channels + c, lanes) }
      store(sum, sums + c, lanes)
    }
    for group in 0..<groups {
      var sum: Float = 0
      for c in group * size..<(group + 1) * size { sum += sums[c] }
      moments[2 * group] = sum / count
      for c in group * size..<(group + 1) * size { means[c] = sum / count }
    }
    // Deviations from the mean, not E[x²] − E[x]², which cancels when the mean is large.
    forEachLanes(channels) { c, lanes in
      var sum = Lanes()
      let mean = load(UnsafePointer(means + c), lanes)
      for row in 0..<rows {
        let deviation = load(x + row * channels + c, lanes) - mean
        sum = sum.adding(deviation, times: deviation)
      }
      store(sum, sums + c, lanes)
    }
    for group in 0..<groups {
      var sum: Float = 0
      for c in group * size..<(group + 1) * size { sum += sums[c] }
      moments[2 * group + 1] = sum
    }
  }

  public static func scaleAndShift(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, _ activation: ActivationCode
  ) {
    for row in 0..<rows {
      let (source, target) = (x + row * channels, y + row * channels)
      forEachLanes(channels) { c, lanes in
        let v = load(shift + c, lanes).adding(
          load(source + c, lanes), times: load(scale + c, lanes))
        store(activate(v, activation), target + c, lanes)
      }
    }
  }

  public static func layerNorm(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float
  ) {
    for row in 0..<rows {
      let (source, target) = (x + row * channels, y + row * channels)
      var sum = Lanes()
      forEachLanes(channels) { c, lanes in sum += load(source + c, lanes) }
      let mean = sum.total / Float(channels)
      var squares: Float = 0
      var partial = Lanes()
      forEachLanes(channels) { c, lanes in
        if lanes == Lanes.scalarCount {
          let deviation = Lanes(source + c) - mean
          partial = partial.adding(deviation, times: deviation)
        } else {
          for i in c..<c + lanes { squares += (source[i] - mean) * (source[i] - mean) }
        }
      }
      let variance = (partial.total + squares) / Float(channels)
      let factor = 1 / (variance + epsilon).squareRoot()
      forEachLanes(channels) { c, lanes in
        let v = (load(source + c, lanes) - mean) * factor
        store(load(bias + c, lanes).adding(v, times: load(weight + c, lanes)), target + c, lanes)
      }
    }
  }
}
