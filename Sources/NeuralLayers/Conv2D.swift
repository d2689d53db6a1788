public import Checkpoints
public import Tensors

/// A convolution with an optional bias: `y = act(x∗W + bias + shift) + residual`.
public struct Conv2D: Sendable {
  let weight: PackedWeight
  let bias: Tensor?
  let stride: Int
  let dilation: Int
  let padding: Padding
  let activation: Activation

  /// Reads `weight`, `[outputs, inputs / groups, kernel, kernel]`, and `bias`, `[outputs]`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of the result.
  ///   - kernel: Side of the kernel, in pixels.
  ///   - stride: Pixels from one kernel to the next.
  ///   - dilation: Pixels from one tap of the kernel to the next.
  ///   - groups: Groups of channels that know nothing of each other; they divide inputs and outputs.
  ///   - padding: Pixels added around the input; by default half a kernel, so that an odd kernel with
  ///     stride 1 keeps the size.
  ///   - bias: Whether there is a bias.
  ///   - activation: Applied after the bias.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, from inputs: Int, to outputs: Int, kernel: Int, stride: Int = 1,
    dilation: Int = 1, groups: Int = 1, padding: Padding? = nil, bias: Bool = true,
    activation: Activation = .identity
  ) throws {
    let stored = try p.tensor("weight", [outputs, inputs / groups, kernel, kernel])
    self.init(
      p.pack(stored, groups: groups), bias: bias ? try p.tensor("bias", [outputs]) : nil,
      stride: stride, dilation: dilation, padding: padding, activation: activation)
  }

  /// Wraps a kernel that was made of what is stored.
  ///
  /// - Parameters:
  ///   - weight: A packed `[outputs, inputs / groups, kernel, kernel]` kernel.
  ///   - bias: `[outputs]`.
  ///   - stride: Pixels from one kernel to the next.
  ///   - dilation: Pixels from one tap of the kernel to the next.
  ///   - padding: Pixels added around the input; by default half a kernel.
  ///   - activation: Applied after the bias.
  public init(
    _ weight: PackedWeight, bias: Tensor? = nil, stride: Int = 1, dilation: Int = 1,
    padding: Padding? = nil, activation: Activation = .identity
  ) {
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.dilation = dilation
    self.padding = padding ?? Padding(dilation * (weight.kernelHeight / 2))
    self.activation = activation
  }

  /// Convolves a feature map.
  ///
  /// - Parameters:
  ///   - x: `[N, H, W, inputs]`.
  ///   - shift: Added to every pixel of a sample before the activation, `[N, outputs]`.
  ///   - residual: Added last, of the result's shape.
  ///   - enlargement: The size to which the input's nearest pixels are repeated first.
  /// - Returns: `[N, H′, W′, outputs]`.
  public func callAsFunction(
    _ x: Tensor, shift: Tensor? = nil, residual: Tensor? = nil,
    enlargement: MapSize? = nil
  ) -> Tensor {
    x.conv2D(
      weight,
      Conv2DOptions(
        stride: stride, dilation: dilation, padding: padding, bias: bias, shift: shift,
        activation: activation, residual: residual, enlargement: enlargement))
  }

  /// How an input is best stored that nothing else reads.
  public var operandType: DType { weight.operandType }
}
