package import CPUKernelInterface

extension Kernels {
  package static func groupMoments(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, groups: Int,
    into moments: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let (sums, centers) = (scratch, scratch + channels)
    let size = channels / groups

    forEachLanes(channels) { c, lanes in
      var sum = Lanes()
      for row in 0..<rows { sum += load(x + row * channels + c, lanes) }
      store(sum, sums + c, lanes)
    }
    for group in 0..<groups {
      let members = group * size..<(group + 1) * size
      moments[3 * group] = total(sums, members) / Float(rows * size)
      for c in members { centers[c] = moments[3 * group] }
    }
    // Deviations from a center, not E[x²] − E[x]², which cancels when the mean is large. Their sum
    // is what rounding kept the center away from the mean.
    forEachLanes(channels) { c, lanes in
      var (sum, squares) = (Lanes(), Lanes())
      let center = load(UnsafePointer(centers + c), lanes)
      for row in 0..<rows {
        let deviation = load(x + row * channels + c, lanes) - center
        sum += deviation
        squares = squares.adding(deviation, times: deviation)
      }
      store(sum, sums + c, lanes)
      store(squares, centers + c, lanes)
    }
    for group in 0..<groups {
      let members = group * size..<(group + 1) * size
      moments[3 * group + 1] = total(sums, members)
      moments[3 * group + 2] = total(centers, members)
    }
  }

  private static func total(_ values: UnsafePointer<Float>, _ members: Range<Int>) -> Float {
    var sum: Float = 0
    for i in members { sum += values[i] }
    return sum
  }

  package static func normalize(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    center: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    _ activation: ActivationCode
  ) {
    withActivation(activation) { apply in
      for row in 0..<rows {
        let (source, target) = (x + row * channels, y + row * channels)
        forEachLanes(channels) { c, lanes in
          let deviation = load(source + c, lanes) - load(center + c, lanes)
          let v = load(shift + c, lanes).adding(deviation, times: load(scale + c, lanes))
          store(apply(v), target + c, lanes)
        }
      }
    }
  }
}
