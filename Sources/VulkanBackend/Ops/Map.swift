public import Tensors

extension VulkanBackend {
  /// Applies a function to every element.
  public func map(_ x: Tensor, into y: Tensor, _ activation: Activation) {
    dispatchElements("map", x, into: y, activation.code, "map \(activation)")
  }
}
