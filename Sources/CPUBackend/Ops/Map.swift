import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Applies a function to every element.
  public func map(_ x: Tensor, into y: Tensor, _ activation: Activation) {
    let (kernels, code) = (kernels, ActivationCode(activation))
    forEachElement(of: x, into: y) { kernels.map($0, into: $1, count: $2, code) }
  }
}
