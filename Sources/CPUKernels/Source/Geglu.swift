extension Kernels {
  package static func geglu(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int
  ) {
    for row in 0..<rows {
      let (value, gate) = (x + 2 * row * channels, x + (2 * row + 1) * channels)
      let target = y + row * channels
      forEachLanes(channels) { i, lanes in
        store(load(value + i, lanes) * gelu(load(gate + i, lanes)), target + i, lanes)
      }
    }
  }
}
