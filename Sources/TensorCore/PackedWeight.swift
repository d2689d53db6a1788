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
  /// Where the weight lives.
  public let device: Device
  /// The packed elements, in a layout only the backend knows.
  package let storage: any Storage

  /// Packs a matrix for ``Tensor/matmul(_:_:)``.
  ///
  /// - Parameter matrix: `[outputs, inputs]`, as PyTorch stores `Linear.weight`.
  public init(matrix: Tensor) {
    precondition(matrix.shape.rank == 2, "PackedWeight: \(matrix.shape) is not a matrix")
    self.init(
      matrix.reshaped([matrix.shape[0], matrix.shape[1], 1, 1]))
  }

  /// Packs a window for ``Tensor/conv2D(_:_:)``.
  ///
  /// - Parameter kernel: `[outputs, inputs, height, width]`, as PyTorch stores `Conv2d.weight`.
  public init(kernel: Tensor) {
    precondition(
      kernel.shape.rank == 4, "PackedWeight: \(kernel.shape) is not a convolution window")
    self.init(kernel)
  }

  private init(_ weight: Tensor) {
    precondition(weight.shape.count > 0, "PackedWeight: \(weight.shape) is empty")
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    kernelHeight = weight.shape[2]
    kernelWidth = weight.shape[3]
    device = weight.device
    storage = device.backend.pack(weight)
  }

  /// The extents as PyTorch gives them, `[outputs, inputs, height, width]`.
  public var shape: Shape { [outputs, inputs, kernelHeight, kernelWidth] }
}
