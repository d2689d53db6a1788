import Checkpoints
import NeuralLayers
import Tensors

/// Two convolutions around a ReLU, added to their input.
struct AdapterResnetBlock: Sendable {
  let block1, block2: Conv2D

  /// - Parameter kernel: Side of the second kernel.
  init(_ p: Parameters, channels: Int, kernel: Int) throws {
    block1 = try Conv2D(p.block1, from: channels, to: channels, kernel: 3, activation: .relu)
    block2 = try Conv2D(p.block2, from: channels, to: channels, kernel: kernel)
  }

  /// Maps `[N, H, W, C]` to the same shape.
  func callAsFunction(_ x: Tensor) -> Tensor { block2(block1(x), residual: x) }
}

/// What makes one feature map from the one before it.
struct AdapterBlock: Sendable {
  /// Whether the map is halved first.
  let halves: Bool
  let convIn: Conv2D?
  let resnets: [AdapterResnetBlock]
  let convOut: Conv2D?

  /// - Parameter layers: Number of residual blocks.
  init(
    full p: Parameters, from input: Int, to output: Int, layers: Int, halves: Bool
  ) throws {
    self.halves = halves
    convIn = input == output ? nil : try Conv2D(p.in_conv, from: input, to: output, kernel: 1)
    resnets = try (0..<layers).map { i in
      try AdapterResnetBlock(p.resnets[i], channels: output, kernel: 1)
    }
    convOut = nil
  }

  /// - Parameter layers: Number of residual blocks, in a quarter of the channels.
  init(
    light p: Parameters, from input: Int, to output: Int, layers: Int, halves: Bool
  ) throws {
    self.halves = halves
    let middle = output / 4
    convIn = try Conv2D(p.in_conv, from: input, to: middle, kernel: 1)
    resnets = try (0..<layers).map { i in
      try AdapterResnetBlock(p.resnets[i], channels: middle, kernel: 3)
    }
    convOut = try Conv2D(p.out_conv, from: middle, to: output, kernel: 1)
  }

  /// - Parameter x: `[N, H, W, input]`.
  /// - Returns: `[N, ⌈H/2⌉, ⌈W/2⌉, output]` of a block that halves, else `[N, H, W, output]`.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let small = halves ? x.pool(.mean, window: 2, stride: 2, roundsUp: true) : x
    let h = resnets.reduce(convIn?(small) ?? small) { $1($0) }
    return convOut?(h) ?? h
  }
}
