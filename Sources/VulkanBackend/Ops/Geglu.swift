public import Tensors

extension VulkanBackend {
  /// First half of each row times the GELU of the second half.
  public func geglu(_ x: Tensor, into y: Tensor) {
    dispatchElements(
      "geglu", x, into: y, UInt32(y.shape[-1]), "geglu", Constants(into: y, readingEightsOf: [x]))
  }
}
