import Checkpoints
import NeuralLayers
import Tensors

/// A residual network of bottlenecks whose last stages, rather than shrink the map, look at places farther apart.
///
/// Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, arXiv 1512.03385, in the names of
/// torchvision and MMSegmentation; the stem of three kernels is that of He et al., "Bag of Tricks", CVPR 2019.
struct ResNet: Sendable {
  /// How the network is built.
  struct Options {
    /// Channels of the image.
    let inputs: Int
    /// Channels after the stem; the first stage has four times as many, and each other twice those before it.
    let channels: Int
    /// Layers of each stage.
    let depths: [Int]
    /// Pixels from one kernel of a stage's first layer to the next.
    let strides: [Int]
    /// Pixels from tap to tap in a stage's kernels; its first layer has half of them.
    let dilations: [Int]
    /// Whether three small kernels begin, and not a large one.
    let isDeep: Bool

    /// Channels of each stage's map.
    var outputs: [Int] { depths.indices.map { 4 * channels << $0 } }
  }

  let stem: [Conv2D]
  let stages: [[Bottleneck]]

  /// Reads `conv1`, `bn1` or `stem`, and `layer1`, `layer2`, ….
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ options: Options) throws {
    stem = try options.isDeep ? Self.deepStem(p.stem, options) : [Self.stem(p, options)]
    stages = try options.depths.indices.map { stage in
      let layers = p["layer\(stage + 1)"]
      let inputs = stage == 0 ? options.channels : options.outputs[stage - 1]
      let dilation = options.dilations[stage]
      return try (0..<options.depths[stage]).map { index in
        let isFirst = index == 0
        return try Bottleneck(
          layers[index], from: isFirst ? inputs : options.outputs[stage],
          to: options.outputs[stage], stride: isFirst ? options.strides[stage] : 1,
          dilation: isFirst ? max(dilation / 2, 1) : dilation, changes: isFirst)
      }
    }
  }

  private static func stem(_ p: Parameters, _ options: Options) throws -> Conv2D {
    try Conv2D(
      p.conv1, batchNorm: p.bn1, from: options.inputs, to: options.channels, kernel: 7, stride: 2,
      activation: .relu)
  }

  private static func deepStem(_ p: Parameters, _ options: Options) throws -> [Conv2D] {
    let half = options.channels / 2
    let channels = [options.inputs, half, half, options.channels]
    return try (0..<3).map { index in
      try Conv2D(
        p[3 * index], batchNorm: p[3 * index + 1], from: channels[index], to: channels[index + 1],
        kernel: 3, stride: index == 0 ? 2 : 1, activation: .relu)
    }
  }

  /// Looks at images.
  ///
  /// - Parameter images: `[N, H, W, inputs]`.
  /// - Returns: The map of each stage.
  func callAsFunction(_ images: Tensor) -> [Tensor] {
    var h = stem.reduce(images) { $1($0) }.pool(
      .max, window: 3, stride: 2, padding: Padding(1))
    return stages.map { stage in
      h = stage.reduce(h) { $1($0) }
      return h
    }
  }
}

extension ResNet {
  /// Three kernels, the middle one narrow, added to the input.
  struct Bottleneck: Sendable {
    let conv1, conv2, conv3: Conv2D
    /// What the input goes through where size or width change; nil elsewhere.
    let downsample: Conv2D?

    /// Joins kernels that were read under other names.
    init(conv1: Conv2D, conv2: Conv2D, conv3: Conv2D, downsample: Conv2D?) {
      (self.conv1, self.conv2, self.conv3) = (conv1, conv2, conv3)
      self.downsample = downsample
    }

    init(
      _ p: Parameters, from inputs: Int, to outputs: Int, stride: Int, dilation: Int, changes: Bool
    ) throws {
      let middle = outputs / 4
      conv1 = try Conv2D(
        p.conv1, batchNorm: p.bn1, from: inputs, to: middle, kernel: 1, activation: .relu)
      conv2 = try Conv2D(
        p.conv2, batchNorm: p.bn2, from: middle, to: middle, kernel: 3, stride: stride,
        dilation: dilation, activation: .relu)
      conv3 = try Conv2D(p.conv3, batchNorm: p.bn3, from: middle, to: outputs, kernel: 1)
      downsample =
        changes
        ? try Conv2D(
          p.downsample[0], batchNorm: p.downsample[1], from: inputs, to: outputs, kernel: 1,
          stride: stride) : nil
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      conv3(conv2(conv1(x)), residual: downsample?(x) ?? x).map(.relu)
    }
  }
}
