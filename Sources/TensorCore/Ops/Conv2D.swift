/// How a convolution walks and what it does with its result:
/// `y = act(x∗W + bias + shift) + residual`.
public struct Conv2DOptions: Sendable {
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

  /// Collects the options; by default the window moves by one pixel and nothing else is done.
  public init(
    stride: Int = 1, padding: Padding = Padding(), bias: Tensor? = nil, shift: Tensor? = nil,
    activation: Activation = .identity, residual: Tensor? = nil
  ) {
    self.stride = stride
    self.padding = padding
    self.bias = bias
    self.shift = shift
    self.activation = activation
    self.residual = residual
  }
}

extension Tensor {
  /// Convolves a feature map with a window.
  ///
  ///     y = act(x∗W + bias + shift) + residual
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs, height, width]` window.
  ///   - options: Stride, padding, and what is done while the result is stored.
  /// - Returns: `[N, ⌊(H + top + bottom − height) / stride⌋ + 1, …, outputs]`.
  public func conv2D(_ weight: PackedWeight, _ options: Conv2DOptions = .init()) -> Tensor {
    precondition(
      shape.rank == 4 && shape[3] == weight.inputs,
      "conv2D: \(shape) does not fit a weight of \(weight.shape)")
    let padding = options.padding
    let height = shape[1] + padding.top + padding.bottom - weight.kernelHeight
    let width = shape[2] + padding.left + padding.right - weight.kernelWidth
    precondition(
      height >= 0 && width >= 0, "conv2D: \(shape) is smaller than the window \(weight.shape)")
    if padding.mode == .reflect {
      precondition(
        max(padding.top, padding.bottom) < shape[1] && max(padding.left, padding.right) < shape[2],
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
    let y = Tensor(result, dtype, on: device)
    device.backend.conv2D(self, weight, into: y, options)
    return y
  }
}
