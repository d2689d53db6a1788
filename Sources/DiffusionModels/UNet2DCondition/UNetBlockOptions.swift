import Checkpoints

/// How the transformers of one UNet block are built.
struct TransformerOptions: Sendable {
  let heads: Int
  let contextChannels: Int
  /// Number of transformer blocks behind each residual block.
  let depths: [Int]
  /// Whether the file stores the projections as matrices rather than 1×1 kernels.
  let linearProjection: Bool
  /// Whether the transformer blocks have a gated self-attention.
  let isGated: Bool
}

/// How one block of a UNet is built.
struct UNetBlockOptions: Sendable {
  let channels: Int
  /// Number of residual blocks.
  let layers: Int
  let timeChannels: Int
  let groups: Int
  let epsilon: Float
  /// Absent in a block without attention.
  var transformer: TransformerOptions?

  /// The same block without attention.
  var withoutTransformers: UNetBlockOptions {
    var options = self
    options.transformer = nil
    return options
  }

  func resnet(_ p: Parameters, from input: Int) throws -> ResnetBlock2D {
    try ResnetBlock2D(
      p, from: input, to: channels, groups: groups, epsilon: epsilon, timeChannels: timeChannels)
  }

  /// One transformer for each layer, or none at all.
  func transformers(_ p: Parameters) throws -> [Transformer2DModel] {
    guard let transformer else { return [] }
    return try transformer.depths.enumerated().map { i, depth in
      try Transformer2DModel(
        p[i], channels: channels, groups: groups, depth: depth, transformer)
    }
  }
}
