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

  /// Streamed weights come to the device for the product that reads them; parts of sums wait to be joined.
  override func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    let streamed = backend.streamsWeights ? weight.storage.byteCount : 0
    let products = weight.kernelHeight * weight.kernelWidth * weight.inputs
    let splits =
      weight.isMatrix(options) || x.shape[3] % 8 != 0
      ? 1 : backend.products.splits(weight.precision, into: y.shape, products: products)
    let parts = splits > 1 ? splits * y.shape.count * DType.float32.byteCount : 0
    takeScratch(byteCount: streamed + parts)
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
