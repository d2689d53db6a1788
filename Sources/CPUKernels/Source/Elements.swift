package import CPUKernelInterface

extension Kernels {
  package static func map(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    _ activation: ActivationCode
  ) {
    withActivation(activation) { apply in
      forEachLanes(count) { i, lanes in store(apply(load(x + i, lanes)), y + i, lanes) }
    }
  }

  package static func clamp(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, limit: Float
  ) {
    let (low, high) = (Lanes(repeating: -limit), Lanes(repeating: limit))
    forEachLanes(count) { i, lanes in
      let v = load(x + i, lanes)
      store(
        v.replacing(with: low, where: v .< low).replacing(with: high, where: v .> high), y + i,
        lanes)
    }
  }

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

  package static func scaledAdd(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, scale: Float,
    accumulates: Bool
  ) {
    let factor = Lanes(repeating: scale)
    if accumulates {
      forEachLanes(count) { i, lanes in
        store(
          load(UnsafePointer(y + i), lanes).adding(load(x + i, lanes), times: factor), y + i, lanes)
      }
    } else {
      forEachLanes(count) { i, lanes in store(load(x + i, lanes) * factor, y + i, lanes) }
    }
  }
}
