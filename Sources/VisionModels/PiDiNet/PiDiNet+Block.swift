import Checkpoints
import NeuralLayers
import Tensors

extension PiDiNet {
  /// A depthwise convolution of differences and a matrix, added to the input.
  struct Block: Sendable {
    /// Widens the input where the size is halved; nil elsewhere.
    let shortcut: Conv2D?
    let conv1, conv2: Conv2D

    init(
      _ p: Parameters, _ difference: PixelDifference, from inputs: Int, to outputs: Int,
      halves: Bool
    ) throws {
      shortcut = halves ? try Conv2D(p.shortcut, from: inputs, to: outputs, kernel: 1) : nil
      conv1 = try difference.convolution(
        p.conv1, from: inputs, to: inputs, groups: inputs, activation: .relu)
      conv2 = try Conv2D(p.conv2, from: inputs, to: outputs, kernel: 1, bias: false)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      guard let shortcut else { return conv2(conv1(x), residual: x) }
      let halved = x.pool(.max, window: 2, stride: 2)
      return conv2(conv1(halved), residual: shortcut(halved))
    }
  }

  /// What one size says about edges: convolutions of four dilations (the original's CDCM), attention to places (CSAM),
  /// and their sum.
  struct Head: Sendable {
    let entry: Conv2D
    let dilated: [Conv2D]
    let attention1, attention2: Conv2D
    let reduction: Conv2D

    init(
      dilation: Parameters, attention: Parameters, reduction: Parameters, from inputs: Int,
      _ configuration: PiDiNetConfiguration
    ) throws {
      let channels = configuration.dilationChannels
      entry = try Conv2D(dilation.conv1, from: inputs, to: channels, kernel: 1)
      dilated = try (1...4).map { i in
        try Conv2D(
          dilation["conv2_\(i)"], from: channels, to: channels, kernel: 3, dilation: 3 + 2 * i,
          bias: false)
      }
      attention1 = try Conv2D(
        attention.conv1, from: channels, to: configuration.attentionChannels, kernel: 1)
      attention2 = try Conv2D(
        attention.conv2, from: configuration.attentionChannels, to: 1, kernel: 3, bias: false,
        activation: .sigmoid)
      self.reduction = try Conv2D(reduction.conv, from: channels, to: 1, kernel: 1)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let h = entry(x.map(.relu))
      let sum = Tensor.combine(dilated.map { (1, $0(h)) })
      return reduction(sum * attention2(attention1(sum.map(.relu))))
    }
  }
}
