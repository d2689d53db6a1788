extension Kernels {
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
