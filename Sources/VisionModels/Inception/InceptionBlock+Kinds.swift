import Checkpoints
import NeuralLayers
import Tensors

/// The kinds of blocks, by torchvision's letters and under its names.
extension InceptionBlock {
  /// Kernels of 1×1, 5×5 and twice 3×3, and a mean.
  static func a(_ p: Parameters, from inputs: Int, pooled: Int) throws -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(layers: [try Conv2D(basic: p.branch1x1, from: inputs, to: 64)]),
      Branch(layers: [
        try Conv2D(basic: p.branch5x5_1, from: inputs, to: 48),
        try Conv2D(basic: p.branch5x5_2, from: 48, to: 64, kernel: 5),
      ]),
      Branch(layers: [
        try Conv2D(basic: p.branch3x3dbl_1, from: inputs, to: 64),
        try Conv2D(basic: p.branch3x3dbl_2, from: 64, to: 96, kernel: 3),
        try Conv2D(basic: p.branch3x3dbl_3, from: 96, to: 96, kernel: 3),
      ]),
      Branch(pool: .mean, layers: [try Conv2D(basic: p.branch_pool, from: inputs, to: pooled)]),
    ])
  }

  /// Halves the size: 3×3, twice 3×3, and the largest.
  static func b(_ p: Parameters, from inputs: Int) throws -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(layers: [
        try Conv2D(
          basic: p.branch3x3, from: inputs, to: 384, kernel: 3, stride: 2, padding: Padding())
      ]),
      Branch(layers: [
        try Conv2D(basic: p.branch3x3dbl_1, from: inputs, to: 64),
        try Conv2D(basic: p.branch3x3dbl_2, from: 64, to: 96, kernel: 3),
        try Conv2D(
          basic: p.branch3x3dbl_3, from: 96, to: 96, kernel: 3, stride: 2, padding: Padding()),
      ]),
      Branch(pool: .halving),
    ])
  }

  /// Kernels of 7×7, once and twice, as rows and columns of pixels.
  static func c(_ p: Parameters, between channels: Int) throws -> InceptionBlock {
    let inputs = 768
    return InceptionBlock(branches: [
      Branch(layers: [try Conv2D(basic: p.branch1x1, from: inputs, to: 192)]),
      Branch(layers: [
        try Conv2D(basic: p.branch7x7_1, from: inputs, to: channels),
        try Conv2D(basic: p.branch7x7_2, from: channels, to: channels, kernel: .row(7)),
        try Conv2D(basic: p.branch7x7_3, from: channels, to: 192, kernel: .column(7)),
      ]),
      Branch(layers: [
        try Conv2D(basic: p.branch7x7dbl_1, from: inputs, to: channels),
        try Conv2D(basic: p.branch7x7dbl_2, from: channels, to: channels, kernel: .column(7)),
        try Conv2D(basic: p.branch7x7dbl_3, from: channels, to: channels, kernel: .row(7)),
        try Conv2D(basic: p.branch7x7dbl_4, from: channels, to: channels, kernel: .column(7)),
        try Conv2D(basic: p.branch7x7dbl_5, from: channels, to: 192, kernel: .row(7)),
      ]),
      Branch(pool: .mean, layers: [try Conv2D(basic: p.branch_pool, from: inputs, to: 192)]),
    ])
  }

  /// Halves the size: 3×3, 7×7 then 3×3, and the largest.
  static func d(_ p: Parameters, from inputs: Int) throws -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(layers: [
        try Conv2D(basic: p.branch3x3_1, from: inputs, to: 192),
        try Conv2D(
          basic: p.branch3x3_2, from: 192, to: 320, kernel: 3, stride: 2, padding: Padding()),
      ]),
      Branch(layers: [
        try Conv2D(basic: p.branch7x7x3_1, from: inputs, to: 192),
        try Conv2D(basic: p.branch7x7x3_2, from: 192, to: 192, kernel: .row(7)),
        try Conv2D(basic: p.branch7x7x3_3, from: 192, to: 192, kernel: .column(7)),
        try Conv2D(
          basic: p.branch7x7x3_4, from: 192, to: 192, kernel: 3, stride: 2, padding: Padding()),
      ]),
      Branch(pool: .halving),
    ])
  }

  /// Kernels that fork into a row and a column, and a pool of either kind.
  static func e(_ p: Parameters, from inputs: Int, pool: Pool) throws -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(layers: [try Conv2D(basic: p.branch1x1, from: inputs, to: 320)]),
      Branch(
        layers: [try Conv2D(basic: p.branch3x3_1, from: inputs, to: 384)],
        fork: [
          try Conv2D(basic: p.branch3x3_2a, from: 384, to: 384, kernel: .row(3)),
          try Conv2D(basic: p.branch3x3_2b, from: 384, to: 384, kernel: .column(3)),
        ]),
      Branch(
        layers: [
          try Conv2D(basic: p.branch3x3dbl_1, from: inputs, to: 448),
          try Conv2D(basic: p.branch3x3dbl_2, from: 448, to: 384, kernel: 3),
        ],
        fork: [
          try Conv2D(basic: p.branch3x3dbl_3a, from: 384, to: 384, kernel: .row(3)),
          try Conv2D(basic: p.branch3x3dbl_3b, from: 384, to: 384, kernel: .column(3)),
        ]),
      Branch(pool: pool, layers: [try Conv2D(basic: p.branch_pool, from: inputs, to: 192)]),
    ])
  }
}
