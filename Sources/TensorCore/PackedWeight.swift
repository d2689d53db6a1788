/// A matrix or convolution weight in the order in which a device's kernels read it.
///
/// Weights are packed once, when a layer is made.
public struct PackedWeight: Sendable {
  /// Channels that the product yields.
  public let outputs: Int
  /// Channels that each tap reads.
  public let inputs: Int
  /// Height of the window; 1 for a matrix.
  public let kernelHeight: Int
  /// Width of the window; 1 for a matrix.
  public let kernelWidth: Int
  /// How products with this weight round their factors.
  public let precision: ProductPrecision
  /// Where the weight lives.
  public let device: Device
  /// The packed elements, in a layout only the backend knows.
  package let storage: Storage

  /// Packs a matrix for ``Tensor/matmul(_:_:)``.
  ///
  /// - Parameters:
  ///   - matrix: `[outputs, inputs]`, as PyTorch stores `Linear.weight`.
  ///   - precision: How products with it round their factors.
  public init(matrix: Tensor, precision: ProductPrecision = .float32) {
    precondition(matrix.shape.rank == 2, "PackedWeight: \(matrix.shape) is not a matrix")
    self.init(matrix.reshaped([matrix.shape[0], matrix.shape[1], 1, 1]), precision)
  }

  /// Packs a window for ``Tensor/conv2D(_:_:)``.
  ///
  /// - Parameters:
  ///   - kernel: `[outputs, inputs, height, width]`, as PyTorch stores `Conv2d.weight`.
  ///   - precision: How products with it round their factors.
  public init(kernel: Tensor, precision: ProductPrecision = .float32) {
    precondition(
      kernel.shape.rank == 4, "PackedWeight: \(kernel.shape) is not a convolution window")
    self.init(kernel, precision)
  }

  private init(_ weight: Tensor, _ precision: ProductPrecision) {
    precondition(weight.shape.count > 0, "PackedWeight: \(weight.shape) is empty")
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    kernelHeight = weight.shape[2]
    kernelWidth = weight.shape[3]
    self.precision = precision
    device = weight.device
    storage = device.backend.pack(weight, precision)
  }

  /// How results are best stored that nothing but products with this weight read.
  public var factorType: DType { device.backend.factorType(for: precision, channels: inputs) }

  /// The extents as PyTorch gives them, `[outputs, inputs, height, width]`.
  public var shape: Shape { [outputs, inputs, kernelHeight, kernelWidth] }
}
