/// How a convolution walks and what it does with its result:
/// `y = act(x∗W + bias + shift) + residual`.
public struct Conv2DOptions: Sendable {
  /// Height and width of a map, in pixels.
  public struct Size: Sendable, Equatable {
    /// Pixels.
    public var height, width: Int

    /// Creates a size.
    public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }
  }

  /// Step of the window, in pixels, in both directions.
  public var stride: Int
  /// Pixels added around the input.
  public var padding: Padding
  /// Added to every pixel, `[outputs]`.
  public var bias: Tensor?
  /// Added to every pixel of a sample, `[N, outputs]`.
  public var shift: Tensor?
  /// Applied after bias and shift.
  public var activation: Activation
  /// Added last, of the result's shape.
  public var residual: Tensor?
  /// The size to which the input's nearest pixels are repeated before the window reads them; see
  /// ``Tensor/upsampleNearest(height:width:)``. A device need not make the enlarged map.
  public var enlargement: Size?

  /// Collects the options; by default the window moves by one pixel and nothing else is done.
  public init(
    stride: Int = 1, padding: Padding = Padding(), bias: Tensor? = nil, shift: Tensor? = nil,
    activation: Activation = .identity, residual: Tensor? = nil, enlargement: Size? = nil
  ) {
    self.stride = stride
    self.padding = padding
    self.bias = bias
    self.shift = shift
    self.activation = activation
    self.residual = residual
    self.enlargement = enlargement
  }
}

extension Tensor {
  /// Convolves a feature map with a window.
  ///
  ///     y = act(x∗W + bias + shift) + residual
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs, height, width]` window.
  ///   - options: Stride, padding, enlargement of the input, and what is done while the result is stored.
  /// - Returns: `[N, ⌊(H + top + bottom − height) / stride⌋ + 1, …, outputs]`.
  public func conv2D(_ weight: PackedWeight, _ options: Conv2DOptions = .init()) -> Tensor {
    precondition(
      shape.rank == 4 && shape[3] == weight.inputs,
      "conv2D: \(shape) does not fit a weight of \(weight.shape)")
    let padding = options.padding
    let size = options.enlargement ?? Conv2DOptions.Size(height: shape[1], width: shape[2])
    let height = size.height + padding.top + padding.bottom - weight.kernelHeight
    let width = size.width + padding.left + padding.right - weight.kernelWidth
    precondition(
      height >= 0 && width >= 0, "conv2D: \(shape) is smaller than the window \(weight.shape)")
    if padding.mode == .reflect {
      precondition(
        max(padding.top, padding.bottom) < size.height
          && max(padding.left, padding.right) < size.width,
        "conv2D: \(shape) is too small to be reflected by \(padding)")
    }
    let result: Shape = [
      shape[0], height / options.stride + 1, width / options.stride + 1, weight.outputs,
    ]
    MatmulOptions(bias: options.bias, residual: options.residual)
      .check(result: result, operation: "conv2D")
    if let shift = options.shift {
      precondition(
        shift.shape == [shape[0], weight.outputs],
        "conv2D: shift \(shift.shape) must be [\(shape[0]), \(weight.outputs)]")
    }
    let y = Tensor(result, on: device)
    device.backend.conv2D(self, weight, into: y, options)
    return y
  }
}
