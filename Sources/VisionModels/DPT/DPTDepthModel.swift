public import Checkpoints
public import NeuralLayers
public import Tensors

/// A vision transformer that tells how near each pixel is, alone or behind a residual network.
///
/// Source: Ranftl, Bochkovskiy and Koltun, "Vision Transformers for Dense Prediction", ICCV 2021, arXiv 2103.13413, in
/// the names of MiDaS' own files.
public struct DPTDepthModel: PretrainedModel {
  /// How the network is built.
  public let configuration: DPTConfiguration
  let backbone: ResNetV2?
  let transformer: Transformer
  let reassemblies: [Reassembly]
  /// Bring the four maps to one width, the finest first.
  let entries: [Conv2D]
  let fusions: [Fusion]
  let head1, head2, head3: Conv2D

  /// The classifier that the transformer was trained with, and a map to join where there is none.
  public static let ignoredTensors = [
    "pretrained.model.norm.weight", "pretrained.model.norm.bias", "pretrained.model.head.weight",
    "pretrained.model.head.bias", "refinenet4.resConfUnit1.conv1.weight",
    "refinenet4.resConfUnit1.conv1.bias", "refinenet4.resConfUnit1.conv2.weight",
    "refinenet4.resConfUnit1.conv2.bias",
  ]

  /// Reads `pretrained` and `scratch`.
  ///
  /// - Throws: `CheckpointError` when a tensor is absent or has another shape.
  public init(_ p: Parameters, _ configuration: DPTConfiguration) throws {
    self.configuration = configuration
    let (c, pretrained, scratch) = (configuration, p.pretrained, p.scratch)
    backbone =
      c.isHybrid
      ? try ResNetV2(
        pretrained.model.patch_embed.backbone, embedding: c.resnetEmbeddingSize,
        channels: c.resnetHiddenSizes, depths: c.resnetDepths, groups: c.resnetNumGroups) : nil
    transformer = try Transformer(pretrained.model, c)
    let sizes = c.neckHiddenSizes
    reassemblies = try (4 - c.backboneOutIndices.count..<4).map { level in
      try Reassembly(
        pretrained["act_postprocess\(level + 1)"], channels: c.hiddenSize, to: sizes[level],
        level: level)
    }
    let width = c.fusionHiddenSize
    entries = try sizes.indices.map {
      try Conv2D(scratch["layer\($0 + 1)_rn"], from: sizes[$0], to: width, kernel: 3, bias: false)
    }
    fusions = try sizes.indices.map {
      try Fusion(scratch["refinenet\($0 + 1)"], channels: width, joins: $0 < 3)
    }
    let head = scratch.output_conv
    head1 = try Conv2D(head[0], from: width, to: width / 2, kernel: 3)
    head2 = try Conv2D(head[2], from: width / 2, to: c.headSize, kernel: 3, activation: .relu)
    head3 = try Conv2D(head[4], from: c.headSize, to: 1, kernel: 1, activation: .relu)
  }

  /// Tells how near pixels are.
  ///
  /// - Parameter image: `[N, H, W, 3]`, RGB in −1 … 1; both sides are multiples of twice the patch's.
  /// - Returns: `[N, H, W, 1]`, inverse depth up to scale and shift, at least 0.
  public func callAsFunction(_ image: Tensor) -> Tensor {
    let step = 2 * configuration.patchSize
    precondition(
      image.shape.rank == 4 && image.shape[1] % step == 0 && image.shape[2] % step == 0,
      "DPTDepthModel: height and width of \(image.shape) must be multiples of \(step)")
    let maps = zip(entries, self.maps(of: image)).map { $0($1) }
    var h = fusions[3](maps[3])
    for level in (0..<3).reversed() { h = fusions[level](h, joining: maps[level]) }
    return head3(head2(head1(h).enlargedTwice()))
  }

  /// The four maps that are fused, the finest first.
  private func maps(of image: Tensor) -> [Tensor] {
    let stages = backbone?(image) ?? []
    let wanted = configuration.backboneOutIndices
    let (outputs, size) = transformer(stages.last ?? image, upTo: wanted.max() ?? 0)
    let coarse = zip(reassemblies, wanted).map { $0(outputs[$1], size) }
    return stages.prefix(4 - coarse.count) + coarse
  }
}
