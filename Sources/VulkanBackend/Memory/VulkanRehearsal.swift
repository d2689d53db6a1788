public import Tensors

/// Counts the memory that the device's operations take beside their results, and computes nothing.
///
/// Unchecked as its superclass is: all that it holds is constant.
private final class VulkanRehearsal: MetaBackend, @unchecked Sendable {
  private let backend: VulkanBackend

  init(_ backend: VulkanBackend) { self.backend = backend }

  override func operandType(for precision: ProductPrecision, channels: Int) -> DType {
    backend.operandType(for: precision, channels: channels)
  }

  /// Streamed weights come to the device for the product that reads them.
  override func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    if backend.streamsWeights { takeScratch(byteCount: weight.storage.byteCount) }
    super.conv2D(x, weight, into: y, options)
  }

  override func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    let streamed = backend.streamsWeights ? weight.storage.byteCount : 0
    // Without eights, values and gates are results of their own.
    let held = y.shape[-1] % 8 == 0 ? 0 : 2 * y.shape.count * DType.float32.byteCount
    takeScratch(byteCount: streamed + held)
    super.gatedMatmul(x, weight, bias: bias, into: y)
  }
}

extension VulkanBackend {
  /// Operations that count the memory which this device's take.
  public func rehearsal() -> MetaBackend { VulkanRehearsal(self) }
}
