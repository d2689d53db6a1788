extension Kernels {
  package static func multiply(
    _ x: UnsafePointer<Float>, _ z: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    forEachLanes(count) { i, lanes in store(load(x + i, lanes) * load(z + i, lanes), y + i, lanes) }
  }
}
