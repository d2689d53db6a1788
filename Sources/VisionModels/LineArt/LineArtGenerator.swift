public import Checkpoints
public import NeuralLayers
public import Tensors

/// The network that draws a photograph's lines, dark on white.
///
/// Source: Chan, Durand and Isola, "Learning to Generate Line Drawings that Convey Geometry and
/// Semantics", CVPR 2022, arXiv 2203.12691.
public struct LineArtGenerator: PretrainedModel {
  /// How the network is built.
  public let configuration: LineArtConfiguration
  let convIn: Conv2D
  let downsamplers: [Conv2D]
  let residualBlocks: [ResidualBlock]
  let upsamplers: [ConvTranspose2D]
  let convOut: Conv2D

  /// Reads the network, whose names are positions in the original's sequences.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: LineArtConfiguration) throws {
    self.configuration = configuration
    let base = configuration.baseChannels
    let border = Padding(3, mode: .reflect)
    convIn = try Conv2D(
      p.model0[1], from: configuration.inChannels, to: base, kernel: 7, padding: border)
    // A convolution, its normalisation and its activation take three positions.
    downsamplers = try (0..<2).map { i in
      try Conv2D(p.model1[3 * i], from: base << i, to: base << (i + 1), kernel: 3, stride: 2)
    }
    residualBlocks = try (0..<configuration.numResidualBlocks).map { i in
      try ResidualBlock(p.model2[i].conv_block, channels: 4 * base)
    }
    upsamplers = try (0..<2).map { i in
      try ConvTranspose2D(
        p.model3[3 * i], from: base << (2 - i), to: base << (1 - i), kernel: 3, stride: 2,
        padding: 1, outputPadding: 1)
    }
    convOut = try Conv2D(
      p.model4[1], from: base, to: configuration.outChannels, kernel: 7, padding: border,
      activation: .sigmoid)
  }

  /// Draws lines.
  ///
  /// - Parameter image: `[N, H, W, inChannels]`, RGB in 0 … 1; height and width are multiples of 4 and
  ///   at least 8.
  /// - Returns: `[N, H, W, outChannels]`, 0 … 1, near 0 on lines.
  public func callAsFunction(_ image: Tensor) -> Tensor {
    precondition(
      image.shape[1] % 4 == 0 && image.shape[2] % 4 == 0,
      "LineArtGenerator: height and width of \(image.shape) must be multiples of 4")
    var h = convIn(image).instanceNorm(activation: .relu)
    for downsampler in downsamplers { h = downsampler(h).instanceNorm(activation: .relu) }
    for block in residualBlocks { h = block(h) }
    for upsampler in upsamplers { h = upsampler(h).instanceNorm(activation: .relu) }
    return convOut(h)
  }
}

extension LineArtGenerator {
  /// Two convolutions added to their input, without an activation after the sum.
  struct ResidualBlock: Sendable {
    let conv1, conv2: Conv2D

    init(_ p: Parameters, channels: Int) throws {
      let border = Padding(1, mode: .reflect)
      conv1 = try Conv2D(p[1], from: channels, to: channels, kernel: 3, padding: border)
      conv2 = try Conv2D(p[5], from: channels, to: channels, kernel: 3, padding: border)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      x + conv2(conv1(x).instanceNorm(activation: .relu)).instanceNorm()
    }
  }
}
