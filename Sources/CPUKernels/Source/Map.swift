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
}
