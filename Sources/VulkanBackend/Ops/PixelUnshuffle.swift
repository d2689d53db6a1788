public import Tensors

extension VulkanBackend {
  /// Moves blocks of pixels into channels.
  public func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {
    dispatchMaps("pixelUnshuffle", x, into: y, UInt32(factor))
  }
}
