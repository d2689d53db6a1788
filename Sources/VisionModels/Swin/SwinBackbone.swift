import Checkpoints
import NeuralLayers
import Tensors

/// A hierarchy of transformers whose tokens see each other within windows, which move by half of their side from layer
/// to layer.
///
/// Source: Liu et al., "Swin Transformer", ICCV 2021, arXiv 2103.14030, in the names of transformers' files.
struct SwinBackbone: Sendable {
  let projection: PackedWeight
  let bias: Tensor
  let patchSize: Int
  let norm: LayerNorm
  let stages: [Stage]
  /// What is done with the stages' maps before they leave.
  let outputNorms: [LayerNorm]

  /// Tensors that no map depends on: of a whole classifier, and places that follow from the window's size.
  static let ignoredTensors = [
    "relative_position_index", "encoder.layernorm.weight", "encoder.layernorm.bias",
    "swin.layernorm.weight", "swin.layernorm.bias",
  ]

  /// Reads `embeddings`, `encoder.layers` and `hidden_states_norms`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  init(_ p: Parameters, _ configuration: SwinConfiguration) throws {
    let (patch, channels) = (p.embeddings.patch_embeddings.projection, configuration.channels)
    patchSize = configuration.patchSize
    projection = patch.pack(
      try patch.tensor("weight", [channels[0], configuration.numChannels, patchSize, patchSize]))
    bias = try patch.tensor("bias", [channels[0]])
    norm = try LayerNorm(p.embeddings.norm, channels: channels[0])
    stages = try channels.indices.map {
      try Stage(p.encoder.layers[$0], $0, configuration)
    }
    outputNorms = try zip(SwinConfiguration.stageNames, channels).map { name, channels in
      try LayerNorm(p.hidden_states_norms[name], channels: channels)
    }
  }

  /// Looks at images.
  ///
  /// - Parameter images: `[N, H, W, numChannels]`.
  /// - Returns: The map of each stage, from a fourth of the size on.
  func callAsFunction(_ images: Tensor) -> [Tensor] {
    var h = norm(
      images.conv2D(
        projection,
        Conv2DOptions(
          stride: patchSize,
          padding: Padding(
            top: 0, left: 0, bottom: images.shape[1].missing(to: patchSize),
            right: images.shape[2].missing(to: patchSize)), bias: bias)))
    return zip(stages, outputNorms).map { stage, norm in
      let map = stage(h)
      h = stage.downsample?(map) ?? map
      return norm(map)
    }
  }
}

extension SwinBackbone {
  /// Layers over one map, and what makes the next one of it.
  struct Stage: Sendable {
    let blocks: [SwinLayer]
    let windowSize: Int
    /// Nil in the last stage.
    let downsample: SwinPatchMerging?

    /// Reads `blocks` and `downsample`.
    init(_ p: Parameters, _ index: Int, _ configuration: SwinConfiguration) throws {
      blocks = try (0..<configuration.depths[index]).map {
        try SwinLayer(p.blocks[$0], stage: index, configuration)
      }
      windowSize = configuration.windowSize
      downsample =
        index + 1 < configuration.depths.count
        ? try SwinPatchMerging(p.downsample, channels: configuration.channels[index]) : nil
    }

    /// - Parameter x: `[N, H, W, C]`.
    func callAsFunction(_ x: Tensor) -> Tensor {
      let windows = [0, windowSize / 2].prefix(blocks.count).map {
        SwinWindows(of: x.shape, side: windowSize, shift: $0, on: x.device)
      }
      return blocks.enumerated().reduce(x) { $1.element($0, windows[$1.offset % 2]) }
    }
  }
}

extension Int {
  /// What is missing to a multiple of a number.
  fileprivate func missing(to divisor: Int) -> Int { (divisor - self % divisor) % divisor }
}
