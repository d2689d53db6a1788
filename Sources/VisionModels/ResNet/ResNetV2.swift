import Checkpoints
import NeuralLayers
import Tensors

/// The residual network before a vision transformer: kernels standardised, groups normalised after each of them, borders
/// padded as TensorFlow does.
///
/// Source: Kolesnikov et al., "Big Transfer", ECCV 2020, arXiv 1912.11370, as `ResNetV2` of timm with `preact=False`
/// and `stem_type="same"`.
struct ResNetV2: Sendable {
  let stem: Conv2D
  let norm: GroupNorm
  let stages: [[Bottleneck]]

  /// Reads `stem` and `stages`.
  ///
  /// - Parameters:
  ///   - p: Where they are.
  ///   - embedding: Channels of the first layer.
  ///   - channels: Channels of each stage.
  ///   - depths: Layers of each stage.
  ///   - groups: Groups of the normalisations.
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, embedding: Int, channels: [Int], depths: [Int], groups: Int) throws {
    stem = try Conv2D(
      standardised: p.stem.conv, from: 3, to: embedding, kernel: 7, stride: 2)
    norm = try GroupNorm(
      p.stem.norm, channels: embedding, groups: groups, epsilon: 1e-5, activation: .relu)
    let inputs = [embedding] + channels
    stages = try depths.indices.map { stage in
      try (0..<depths[stage]).map { block in
        try Bottleneck(
          p.stages[stage].blocks[block], from: block == 0 ? inputs[stage] : channels[stage],
          to: channels[stage], stride: block == 0 && stage > 0 ? 2 : 1, widens: block == 0,
          groups: groups)
      }
    }
  }

  /// Looks at images.
  ///
  /// - Parameter image: `[N, H, W, 3]`; both sides are multiples of 16.
  /// - Returns: The map of each stage, a quarter, an eighth and a sixteenth of the size.
  func callAsFunction(_ image: Tensor) -> [Tensor] {
    var h = norm(stem(image)).pool(
      .max, window: 3, stride: 2, padding: Padding(top: 0, left: 0, bottom: 1, right: 1))
    return stages.map { stage in
      h = stage.reduce(h) { $1($0) }
      return h
    }
  }
}

extension ResNetV2 {
  /// Three kernels, the middle one narrow, added to the input.
  struct Bottleneck: Sendable {
    /// What the input goes through where size or width change; nil elsewhere.
    let downsample: (convolution: Conv2D, norm: GroupNorm)?
    let convolutions: [Conv2D]
    let norms: [GroupNorm]

    init(
      _ p: Parameters, from inputs: Int, to outputs: Int, stride: Int, widens: Bool, groups: Int
    ) throws {
      let middle = outputs / 4
      func norm(_ p: Parameters, _ channels: Int, _ activation: Activation = .identity) throws
        -> GroupNorm
      {
        try GroupNorm(
          p, channels: channels, groups: groups, epsilon: 1e-5, activation: activation)
      }
      downsample =
        widens
        ? (
          try Conv2D(
            standardised: p.downsample.conv, from: inputs, to: outputs, kernel: 1, stride: stride),
          try norm(p.downsample.norm, outputs)
        ) : nil
      convolutions = [
        try Conv2D(standardised: p.conv1, from: inputs, to: middle, kernel: 1),
        try Conv2D(standardised: p.conv2, from: middle, to: middle, kernel: 3, stride: stride),
        try Conv2D(standardised: p.conv3, from: middle, to: outputs, kernel: 1),
      ]
      norms = [
        try norm(p.norm1, middle, .relu), try norm(p.norm2, middle, .relu),
        try norm(p.norm3, outputs),
      ]
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let shortcut = downsample.map { $0.norm($0.convolution(x)) } ?? x
      let y = zip(convolutions, norms).reduce(x) { h, layer in layer.1(layer.0(h)) }
      return (y + shortcut).map(.relu)
    }
  }
}

extension Conv2D {
  /// Reads a kernel without bias, each output's numbers brought to mean 0 and variance 1; the padding makes sizes
  /// that the stride divides, what is odd of it below and on the right.
  ///
  /// Source: Qiao et al., "Weight Standardization", arXiv 1903.10520, as timm's `StdConv2dSame`.
  fileprivate init(
    standardised p: Parameters, from inputs: Int, to outputs: Int, kernel: Int, stride: Int = 1
  ) throws {
    let stored = try p.tensor("weight", [outputs, inputs, kernel, kernel])
    let device = stored.device
    let taps = inputs * kernel * kernel
    let standard = stored.reshaped([outputs, taps]).layerNorm(
      weight: Tensor(repeating: 1, [taps], on: device),
      bias: Tensor(repeating: 0, [taps], on: device), epsilon: 1e-8)
    let (near, far) = ((kernel - stride) / 2, (kernel - stride + 1) / 2)
    self.init(
      p.pack(standard.reshaped([outputs, inputs, kernel, kernel])), stride: stride,
      padding: kernel < stride
        ? Padding() : Padding(top: near, left: near, bottom: far, right: far))
  }
}
