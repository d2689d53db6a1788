import Checkpoints
import NeuralLayers
import Tensors

extension ResNet {
  /// Reads `embedder` and `encoder.stages`, as transformers names what torchvision has as `conv1` and `layer1`, ….
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: ResNetConfiguration) throws {
    let (first, sizes) = (p.embedder.embedder, configuration.hiddenSizes)
    stem = [
      try Conv2D(
        first.convolution, batchNorm: first.normalization, from: configuration.numChannels,
        to: configuration.embeddingSize, kernel: 7, stride: 2, activation: .relu)
    ]
    stages = try configuration.depths.indices.map { stage in
      let inputs = stage == 0 ? configuration.embeddingSize : sizes[stage - 1]
      return try (0..<configuration.depths[stage]).map { layer in
        try Bottleneck(
          p.encoder.stages[stage].layers[layer], from: layer == 0 ? inputs : sizes[stage],
          to: sizes[stage], stride: layer == 0 && stage > 0 ? 2 : 1)
      }
    }
  }
}

extension ResNet.Bottleneck {
  /// Reads `layer` and, where size or width change, `shortcut`.
  fileprivate init(
    _ p: Parameters, from inputs: Int, to outputs: Int, stride: Int
  ) throws {
    let middle = outputs / 4
    func layer(
      _ p: Parameters, _ inputs: Int, _ outputs: Int, _ kernel: KernelSize, stride: Int = 1,
      _ activation: Activation = .identity
    ) throws -> Conv2D {
      try Conv2D(
        p.convolution, batchNorm: p.normalization, from: inputs, to: outputs, kernel: kernel,
        stride: stride, activation: activation)
    }
    self.init(
      conv1: try layer(p.layer[0], inputs, middle, 1, .relu),
      conv2: try layer(p.layer[1], middle, middle, 3, stride: stride, .relu),
      conv3: try layer(p.layer[2], middle, outputs, 1),
      downsample: inputs != outputs || stride != 1
        ? try layer(p.shortcut, inputs, outputs, 1, stride: stride) : nil)
  }
}
