import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Matrix product with a gate: values and gates of a panel are multiplied while they are in the cache.
  public func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    guard canGate(weight) else {
      return geglu(x.matmul(weight, MatmulOptions(bias: bias)), into: y)
    }
    let rows = x.reshaped([1, 1, x.shape.rows, x.shape[-1]])
    let result = y.reshaped([1, 1, y.shape.rows, y.shape[-1]])
    var arguments = arguments(
      rows, weight, stored(weight).words, into: result, Conv2DOptions(bias: bias))
    arguments.isGated = true
    if y.shape.count > 0 { convolve(arguments) }
  }

  /// Whether gates meet their values before either leaves the cache.
  func canGate(_ weight: PackedWeight) -> Bool {
    (blas == nil || weight.precision != .float32)
      && kernels.canGate(
        outputs: weight.outputs / 2, channels: weight.inputs,
        operands: ProductOperands(weight.precision))
  }
}
