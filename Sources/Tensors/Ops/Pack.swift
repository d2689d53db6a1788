/// A matrix or convolution weight in the order in which a device's kernels read it.
///
/// Weights are packed once, when a layer is made.
public struct PackedWeight: Sendable {
  /// How a weight is kept.
  package enum Form: Sendable {
    /// As the backend packed it.
    case whole(Storage)
    /// A weight for each group.
    case groups([PackedWeight])
    /// A number for each tap and channel, `[taps, channels]`: every channel is a group of its own.
    case depthwise(Tensor)
  }

  /// Channels that the product yields.
  public let outputs: Int
  /// Channels of the input.
  public let inputs: Int
  /// Groups of channels that know nothing of each other.
  public let groups: Int
  /// Height of the kernel; 1 for a matrix.
  public let kernelHeight: Int
  /// Width of the kernel; 1 for a matrix.
  public let kernelWidth: Int
  /// How products with this weight round their operands.
  public let precision: ProductPrecision
  /// Where the weight lives.
  public let device: Device
  /// How it is kept there.
  package let form: Form

  /// Packs a matrix for ``Tensor/matmul(_:_:)``.
  ///
  /// - Parameters:
  ///   - matrix: `[outputs, inputs]`, as PyTorch stores `Linear.weight`.
  ///   - precision: How products with it round their operands.
  public init(matrix: Tensor, precision: ProductPrecision = .float32) {
    precondition(matrix.shape.rank == 2, "PackedWeight: \(matrix.shape) is not a matrix")
    self.init(matrix.reshaped([matrix.shape[0], matrix.shape[1], 1, 1]), groups: 1, precision)
  }

  /// Packs a kernel for ``Tensor/conv2D(_:_:)``.
  ///
  /// - Parameters:
  ///   - kernel: `[outputs, inputs / groups, height, width]`, as PyTorch stores `Conv2d.weight`.
  ///   - groups: Groups of channels that know nothing of each other; they divide inputs and outputs.
  ///   - precision: How products with it round their operands. Where every channel is a group of its own,
  ///     which waits for memory and not for products, operands are of single precision.
  public init(kernel: Tensor, groups: Int = 1, precision: ProductPrecision = .float32) {
    precondition(
      kernel.shape.rank == 4, "PackedWeight: \(kernel.shape) is not a convolution kernel")
    precondition(
      groups > 0 && kernel.shape[0] % groups == 0,
      "PackedWeight: \(groups) groups do not divide the outputs of \(kernel.shape)")
    self.init(kernel, groups: groups, precision)
  }

  private init(_ weight: Tensor, groups: Int, _ precision: ProductPrecision) {
    precondition(weight.shape.count > 0, "PackedWeight: \(weight.shape) is empty")
    outputs = weight.shape[0]
    inputs = weight.shape[1] * groups
    kernelHeight = weight.shape[2]
    kernelWidth = weight.shape[3]
    device = weight.device
    self.groups = groups
    if groups == 1 {
      form = .whole(device.backend.pack(weight, precision))
    } else if inputs == groups && outputs == groups {
      let taps = weight.shape[2] * weight.shape[3]
      form = .depthwise(
        weight.reshaped([1, groups, taps]).transposed().reshaped([taps, groups]))
    } else {
      let size = outputs / groups
      form = .groups(
        (0..<groups).map {
          PackedWeight(weight.samples($0 * size..<($0 + 1) * size), groups: 1, precision)
        })
    }
    if case .depthwise = form { self.precision = .float32 } else { self.precision = precision }
  }

  /// The elements as the backend packed them; a weight of several groups has none of its own.
  package var storage: Storage {
    guard case .whole(let storage) = form else {
      preconditionFailure("a weight of \(groups) groups was given to a product of one")
    }
    return storage
  }

  /// How results are best stored that nothing but products with this weight read.
  public var operandType: DType {
    groups == 1 ? device.backend.operandType(for: precision, channels: inputs) : .float32
  }

  /// The extents as PyTorch gives them, `[outputs, inputs / groups, height, width]`.
  public var shape: Shape { [outputs, inputs / groups, kernelHeight, kernelWidth] }
}
