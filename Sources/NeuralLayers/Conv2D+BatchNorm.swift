public import Checkpoints
public import Tensors

extension Conv2D {
  /// Reads a convolution and the batch normalisation behind it, and makes one convolution of both.
  ///
  /// What a trained normalisation does is a scale and a shift for each channel,
  /// `γ/√(variance + ε)·(x − mean) + β`, which the kernel and its bias take in.
  ///
  /// Source: Ioffe and Szegedy, "Batch Normalization", arXiv 1502.03167.
  ///
  /// - Parameters:
  ///   - p: Where the kernel is.
  ///   - norm: Where `weight`, `bias`, `running_mean` and `running_var` are.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of the result.
  ///   - kernel: Sides of the kernel, in pixels.
  ///   - stride: Pixels from one kernel to the next.
  ///   - dilation: Pixels from one tap of the kernel to the next.
  ///   - groups: Groups of channels that know nothing of each other; they divide inputs and outputs.
  ///   - padding: Pixels added around the input; by default half a kernel.
  ///   - epsilon: Added to the variance; PyTorch's default.
  ///   - activation: Applied to what is normalised.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, batchNorm norm: Parameters, from inputs: Int, to outputs: Int,
    kernel: KernelSize, stride: Int = 1, dilation: Int = 1, groups: Int = 1,
    padding: Padding? = nil, epsilon: Float = 1e-5, activation: Activation = .identity
  ) throws {
    let shape: Shape = [outputs, inputs / groups, kernel.height, kernel.width]
    let stored = try p.tensor("weight", shape)
    let channels = try ChannelScale(norm, channels: outputs, epsilon: epsilon)
    let scaled =
      stored.reshaped([outputs, shape.count / outputs])
      * Tensor(channels.scale, [outputs, 1], on: stored.device)
    self.init(
      p.pack(scaled.reshaped(shape), groups: groups),
      bias: Tensor(
        channels.shift(of: try p.optional("bias", [outputs])?.floats()), [outputs],
        on: stored.device),
      stride: stride, dilation: dilation,
      padding: padding ?? kernel.halfPadding(dilation: dilation), activation: activation)
  }
}

/// The sides of a kernel, in pixels.
public struct KernelSize: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// Rows and columns.
  public let height, width: Int

  /// Names both.
  public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

  /// A square.
  public init(_ side: Int) { self.init(height: side, width: side) }

  /// A square.
  public init(integerLiteral side: Int) { self.init(side) }

  /// What keeps the size where the kernel's sides are odd and the stride is 1.
  func halfPadding(dilation: Int) -> Padding {
    let (rows, columns) = (dilation * (height / 2), dilation * (width / 2))
    return Padding(top: rows, left: columns, bottom: rows, right: columns)
  }
}

/// What a trained batch normalisation multiplies channels by, and what it adds, in double precision.
private struct ChannelScale {
  let scale: [Float]
  private let mean, bias: [Float]

  init(_ norm: Parameters, channels: Int, epsilon: Float) throws {
    let shape: Shape = [channels]
    let weight = try norm.tensor("weight", shape).floats()
    let variance = try norm.tensor("running_var", shape).floats()
    mean = try norm.tensor("running_mean", shape).floats()
    bias = try norm.tensor("bias", shape).floats()
    scale = zip(weight, variance).map {
      Float(Double($0) / (Double($1) + Double(epsilon)).squareRoot())
    }
  }

  /// What is added, where the convolution has a bias of its own or none.
  func shift(of own: [Float]?) -> [Float] {
    scale.indices.map { bias[$0] + scale[$0] * ((own?[$0] ?? 0) - mean[$0]) }
  }
}
