import Checkpoints
import NeuralLayers
import Tensors

extension Conv2D {
  /// Reads MMSegmentation's `ConvModule`: `conv`, `bn` and a ReLU.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(
    module p: Parameters, from inputs: Int, to outputs: Int, kernel: KernelSize = 1,
    dilation: Int = 1, groups: Int = 1
  ) throws {
    try self.init(
      p.conv, batchNorm: p.bn, from: inputs, to: outputs, kernel: kernel, dilation: dilation,
      groups: groups, activation: .relu)
  }
}

/// A kernel for each channel, then a matrix at each place: MMSegmentation's `DepthwiseSeparableConvModule`.
struct DepthwiseSeparableConv: Sendable {
  let depthwise, pointwise: Conv2D

  /// Reads `depthwise_conv` and `pointwise_conv`.
  init(_ p: Parameters, from inputs: Int, to outputs: Int, dilation: Int = 1) throws {
    depthwise = try Conv2D(
      module: p.depthwise_conv, from: inputs, to: inputs, kernel: 3, dilation: dilation,
      groups: inputs)
    pointwise = try Conv2D(module: p.pointwise_conv, from: inputs, to: outputs)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { pointwise(depthwise(x)) }
}

extension Tensor {
  /// Rows and columns of a map.
  var mapSize: MapSize { MapSize(height: shape[1], width: shape[2]) }

  /// Means over parts of a map, as PyTorch's `adaptive_avg_pool2d` divides it.
  ///
  /// - Parameter parts: How many there are along each side.
  /// - Returns: `[N, parts, parts, C]`.
  func adaptiveMean(_ parts: Int) -> Tensor {
    func range(_ part: Int, of length: Int) -> Range<Int> {
      part * length / parts..<((part + 1) * length + parts - 1) / parts
    }
    let samples = (0..<shape[0]).map { sample in
      let map = self.samples(sample..<sample + 1)
      let means = (0..<parts * parts).map { part in
        map.cropped(
          rows: range(part / parts, of: shape[1]), columns: range(part % parts, of: shape[2])
        ).globalMean().reshaped([1, 1, shape[3]])
      }
      return Tensor.concatenate(tokens: means).reshaped([1, parts, parts, shape[3]])
    }
    return .stack(samples: samples)
  }
}
