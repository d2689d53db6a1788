/// How a convolution walks and what it does with its result:
/// `y = act(x∗W + bias + shift) + residual`.
public struct Conv2DOptions: Sendable {
  /// Step of the kernel, in pixels, in both directions.
  public var stride: Int
  /// Pixels from one tap of the kernel to the next, in both directions.
  public var dilation: Int
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
  /// The size to which the input's nearest pixels are repeated before the kernel reads them; see
  /// ``Tensor/resize(to:_:alignCorners:)``. A device need not make the enlarged map.
  public var enlargement: MapSize?

  /// Collects the options; by default the kernel moves by one pixel and nothing else is done.
  public init(
    stride: Int = 1, dilation: Int = 1, padding: Padding = Padding(), bias: Tensor? = nil,
    shift: Tensor? = nil, activation: Activation = .identity, residual: Tensor? = nil,
    enlargement: MapSize? = nil
  ) {
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
    self.bias = bias
    self.shift = shift
    self.activation = activation
    self.residual = residual
    self.enlargement = enlargement
  }
}

extension Tensor {
  /// Convolves a feature map with a kernel.
  ///
  ///     y = act(x∗W + bias + shift) + residual
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs / groups, height, width]` kernel.
  ///   - options: Stride, dilation, padding, enlargement of the input, and what is done while the result is
  ///     stored.
  /// - Returns: `[N, ⌊(H + top + bottom − dilation·(height − 1) − 1) / stride⌋ + 1, …, outputs]`.
  /// - Complexity: height · width · inputs / groups products for each result. Input, weight and result go
  ///   through memory once where the rows under a kernel fit into a cache; the kernels are never written
  ///   out whole. Several groups of more than one channel are copied out and joined again.
  public func conv2D(_ weight: PackedWeight, _ options: Conv2DOptions = .init()) -> Tensor {
    let result = resultShape(weight, options)
    switch weight.form {
    case .whole:
      let y = Tensor(result, on: device)
      device.backend.conv2D(self, weight, into: y, options)
      return y
    case .depthwise(let taps):
      let y = Tensor(result, on: device)
      depthwiseConv2D(weight, taps: taps, into: y, options)
      return y
    case .groups(let parts):
      let (inputs, outputs) = (weight.inputs / parts.count, weight.outputs / parts.count)
      return .concatenate(
        parts.enumerated().map { index, part in
          channels(index * inputs..<(index + 1) * inputs)
            .conv2D(part, options.channels(index * outputs..<(index + 1) * outputs))
        })
    }
  }

  /// The result's extents; traps where the options do not fit.
  private func resultShape(_ weight: PackedWeight, _ options: Conv2DOptions) -> Shape {
    precondition(
      shape.rank == 4 && shape[3] == weight.inputs,
      "conv2D: \(shape) does not fit a weight of \(weight.shape) with \(weight.groups) groups")
    precondition(
      options.stride > 0 && options.dilation > 0,
      "conv2D: a stride of \(options.stride) or dilation of \(options.dilation) goes nowhere")
    let padding = options.padding
    let size = options.enlargement ?? MapSize(height: shape[1], width: shape[2])
    let height =
      size.height + padding.top + padding.bottom - options.dilation * (weight.kernelHeight - 1) - 1
    let width =
      size.width + padding.left + padding.right - options.dilation * (weight.kernelWidth - 1) - 1
    precondition(
      height >= 0 && width >= 0, "conv2D: \(shape) is smaller than the kernel \(weight.shape)")
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
    return result
  }
}

extension Conv2DOptions {
  /// The same for some of the outputs.
  fileprivate func channels(_ range: Range<Int>) -> Self {
    var part = self
    part.bias = bias?.channels(range)
    part.shift = shift?.channels(range)
    part.residual = residual?.channels(range)
    return part
  }
}
