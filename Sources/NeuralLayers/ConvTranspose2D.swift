public import Checkpoints
public import Tensors

/// A transposed convolution, the enlarging counterpart of a strided one.
///
/// It is computed as a convolution of the input, with `stride − 1` zeros between its pixels, with the
/// kernel turned by 180°.
public struct ConvTranspose2D: Sendable {
  let weight: PackedWeight
  let bias: Tensor
  let stride: Int
  let padding: Padding

  /// Reads `weight`, `[inputs, outputs, kernel, kernel]`, and `bias`, `[outputs]`.
  ///
  /// - Parameters:
  ///   - p: Where both are.
  ///   - inputs: Channels of the input.
  ///   - outputs: Channels of the result.
  ///   - kernel: Side of the kernel, in pixels.
  ///   - stride: Factor of enlargement.
  ///   - padding: Pixels cut off every side of the result, as PyTorch's `ConvTranspose2d` counts them.
  ///   - outputPadding: Rows and columns added at the bottom and right of the result.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(
    _ p: Parameters, from inputs: Int, to outputs: Int, kernel: Int, stride: Int, padding: Int,
    outputPadding: Int
  ) throws {
    let transposed = try p.tensor("weight", [inputs, outputs, kernel, kernel])
    weight = p.pack(Self.turned(transposed))
    bias = try p.tensor("bias", [outputs])
    self.stride = stride
    let near = kernel - 1 - padding
    self.padding = Padding(
      top: near, left: near, bottom: near + outputPadding, right: near + outputPadding)
  }

  /// Enlarges a feature map.
  ///
  /// - Parameter x: `[N, H, W, inputs]`.
  /// - Returns: `[N, (H−1)·stride − 2·padding + kernel + outputPadding, …, outputs]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.insertZeros(stride: stride).conv2D(weight, Conv2DOptions(padding: padding, bias: bias))
  }

  /// `[inputs, outputs, height, width]` as `[outputs, inputs, height, width]`, each kernel turned.
  private static func turned(_ weight: Tensor) -> Tensor {
    let (inputs, outputs) = (weight.shape[0], weight.shape[1])
    let taps = weight.shape[2] * weight.shape[3]
    // A row for each output and tap; those of an output change places.
    let rows = weight.reshaped([1, inputs, outputs * taps]).transposed()
    let order = (0..<outputs * taps).map { Int32($0 / taps * taps + taps - 1 - $0 % taps) }
    return rows.reshaped([outputs * taps, inputs])
      .gather(Tensor(order, [outputs, taps], on: weight.device))
      .transposed().reshaped([outputs, inputs, weight.shape[2], weight.shape[3]])
  }
}
