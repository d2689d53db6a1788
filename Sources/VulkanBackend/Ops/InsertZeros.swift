public import Tensors

extension VulkanBackend {
  /// Writes zeros between the pixels.
  public func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {
    dispatchMaps("insertZeros", x, into: y, UInt32(stride))
  }
}
