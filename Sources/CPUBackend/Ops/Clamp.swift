import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Limits every element.
  public func clamp(_ x: Tensor, into y: Tensor, to range: ClosedRange<Float>) {
    let kernels = kernels
    forEachElement(of: x, into: y) { kernels.clamp($0, into: $1, count: $2, to: range) }
  }
}
