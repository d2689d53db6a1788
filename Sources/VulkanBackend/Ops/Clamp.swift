public import Tensors

extension VulkanBackend {
  /// Limits every element.
  public func clamp(_ x: Tensor, into y: Tensor, to range: ClosedRange<Float>) {
    dispatchElements(
      "clampElements", x, into: y, (range.lowerBound, range.upperBound), "clamp")
  }
}
