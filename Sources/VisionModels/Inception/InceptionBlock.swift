import Checkpoints
import NeuralLayers
import Tensors

/// A block of Inception: branches side by side, whose results are concatenated.
struct InceptionBlock: Sendable {
  let branches: [Branch]

  func callAsFunction(_ x: Tensor) -> Tensor { .concatenate(branches.map { $0(x) }) }

  /// What becomes of the input on one way through the block.
  struct Branch: Sendable {
    /// What comes first, if anything does.
    var pool: Pool?
    /// One after the other.
    var layers: [Conv2D] = []
    /// Side by side, behind the others, concatenated; none where the branch does not fork.
    var fork: [Conv2D] = []

    func callAsFunction(_ x: Tensor) -> Tensor {
      let h = layers.reduce(pool?(x) ?? x) { $1($0) }
      return fork.isEmpty ? h : .concatenate(fork.map { $0(h) })
    }
  }

  /// Windows of 3×3.
  enum Pool: Sendable {
    /// The mean, without what the padding adds.
    case mean
    /// The largest, at every pixel.
    case max
    /// The largest, at every other pixel, without padding.
    case halving

    func callAsFunction(_ x: Tensor) -> Tensor {
      switch self {
      case .mean: x.pool(.mean, window: 3, stride: 1, padding: Padding(1), countsPadding: false)
      case .max: x.pool(.max, window: 3, stride: 1, padding: Padding(1))
      case .halving: x.pool(.max, window: 3, stride: 2)
      }
    }
  }
}

extension Conv2D {
  /// Reads a convolution without bias, normalised and rectified: torchvision's `BasicConv2d`.
  init(
    basic p: Parameters, from inputs: Int, to outputs: Int, kernel: KernelSize = 1, stride: Int = 1,
    padding: Padding? = nil
  ) throws {
    try self.init(
      p.conv, batchNorm: p.bn, from: inputs, to: outputs, kernel: kernel, stride: stride,
      padding: padding, epsilon: 1e-3, activation: .relu)
  }
}

extension KernelSize {
  /// A row and a column of pixels.
  static func row(_ width: Int) -> KernelSize { KernelSize(height: 1, width: width) }
  static func column(_ height: Int) -> KernelSize { KernelSize(height: height, width: 1) }
}
