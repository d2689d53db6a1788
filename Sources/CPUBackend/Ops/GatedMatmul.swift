import CPUKernelInterface
public import TensorCore

extension CPUBackend {
  /// A gate meets its value before either leaves the cache.
  public var fusesGates: Bool { true }

  /// Matrix product with a gate: values and gates of a panel are multiplied while they are in the cache.
  public func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    let rows = x.reshaped([1, 1, x.shape.rows, x.shape[-1]])
    let result = y.reshaped([1, 1, y.shape.rows, y.shape[-1]])
    var arguments = arguments(
      rows, weight, stored(weight), into: result, Conv2DOptions(bias: bias))
    guard blas == nil || weight.precision != .float32, kernels.canGate(arguments) else {
      return geglu(x.matmul(weight, MatmulOptions(bias: bias)), into: y)
    }
    arguments.isGated = true
    if y.shape.count > 0 { convolve(arguments) }
  }
}
